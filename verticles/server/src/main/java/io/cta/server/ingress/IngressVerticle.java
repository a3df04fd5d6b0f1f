package io.cta.server.ingress;

import io.cta.broker.DeliveryPostponed;
import io.cta.broker.DeliveryRejected;
import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSpec;
import io.cta.broker.QueueSubscription;
import io.cta.bus.BusAdapter;
import io.cta.bus.ReceivedEvent;
import io.cta.error.ServiceFailure;
import io.cta.message.EnvelopeOutline;
import io.cta.message.MessageEnvelope;
import io.cta.message.QueueNames;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Subscribes to the event queues and asks the services. Deploy it after the services it asks. */
public final class IngressVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(IngressVerticle.class);
  private static final List<String> QUEUES =
      List.of(QueueNames.REGISTRATION, QueueNames.STATES, QueueNames.RESULTS, QueueNames.LOGS);
  private static final int MAX_UNSETTLED = 1000;
  private static final long TIMEOUT_MILLIS = 20_000;
  private static final long RENEW_MILLIS = 1_000;

  private final MessageBroker broker;
  private final EventRouter eventRouter;
  private final Map<String, QueueSubscription> subscriptions = new HashMap<>();
  private boolean stopped;

  /**
   * @param partitions number of tracking instances
   */
  public IngressVerticle(MessageBroker broker, int partitions) {
    this.broker = broker;
    this.eventRouter = new EventRouter(partitions);
  }

  /** Declares the queues that agents publish to and the dead letters; before agents may connect. */
  public static Future<Void> declare(MessageBroker broker) {
    List<Future<Void>> declared = new ArrayList<>();
    QUEUES.forEach(queue -> declared.add(broker.declare(queue, QueueSpec.events())));
    declared.add(broker.declare(QueueNames.DEAD_LETTER, QueueSpec.commands()));
    return Future.all(declared).mapEmpty();
  }

  @Override
  public Future<?> start() {
    return declare(broker).compose(v -> Future.all(QUEUES.stream().map(this::subscribe).toList()));
  }

  /** Returns unsettled messages to their queues before the services that would answer stop. */
  @Override
  public Future<?> stop() {
    stopped = true;
    return Future.join(subscriptions.values().stream().map(QueueSubscription::cancel).toList());
  }

  /** Called when the broker has ended a subscription, for example because its queue was removed. */
  public void lost(String queue) {
    if (QUEUES.contains(queue)) {
      context.runOnContext(v -> renew(queue));
    }
  }

  private void renew(String queue) {
    if (stopped) {
      return;
    }
    broker
        .declare(queue, QueueSpec.events())
        .compose(v -> subscribe(queue))
        .onSuccess(v -> log.warn("the broker had ended a subscription, renewed [queue: {}]", queue))
        .onFailure(
            e -> {
              log.warn("event queue not read yet [queue: {}]", queue, e);
              vertx.setTimer(RENEW_MILLIS, id -> renew(queue));
            });
  }

  private Future<?> subscribe(String queue) {
    return broker
        .subscribe(queue, MAX_UNSETTLED, message -> route(queue, message))
        .onSuccess(subscription -> subscriptions.put(queue, subscription));
  }

  private Future<Void> route(String queue, Buffer message) {
    try {
      EnvelopeOutline outline = EnvelopeOutline.read(message);
      String machineId = EventRouter.sender(queue, outline);
      MessageEnvelope envelope = MessageEnvelope.decode(message);
      String address = eventRouter.address(queue, outline);
      return BusAdapter.<Object>ask(
              vertx, address, new ReceivedEvent(machineId, envelope), TIMEOUT_MILLIS)
          .transform(done -> done.succeeded() ? done() : refused(envelope, done.cause()));
    } catch (DeliveryRejected e) {
      return Future.failedFuture(e);
    } catch (ServiceFailure e) {
      return Future.failedFuture(new DeliveryRejected(e.getMessage()));
    } catch (RuntimeException e) {
      // trying again would fail in the same way every time
      log.error("event not understood [queue: {}]", queue, e);
      return Future.failedFuture(new DeliveryRejected("not understood: " + e));
    }
  }

  private static Future<Void> done() {
    return Future.succeededFuture();
  }

  private static Future<Void> refused(MessageEnvelope envelope, Throwable why) {
    if (!(why instanceof ServiceFailure failure)) {
      return Future.failedFuture(why);
    }
    return switch (failure.code()) {
      case INVALID, NOT_FOUND ->
          Future.failedFuture(new DeliveryRejected(envelope.type() + ": " + failure.getMessage()));
      case UNAVAILABLE -> Future.failedFuture(new DeliveryPostponed(failure.getMessage()));
      default -> {
        log.warn(
            "event will be tried again [type: {}, id: {}, code: {}, text: {}]",
            envelope.type(),
            envelope.id(),
            failure.code(),
            failure.getMessage());
        yield Future.failedFuture(failure);
      }
    };
  }
}
