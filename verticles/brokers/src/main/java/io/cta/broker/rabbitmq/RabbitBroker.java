package io.cta.broker.rabbitmq;

import io.cta.broker.Answer;
import io.cta.broker.Broker;
import io.cta.broker.BrokerHealth;
import io.cta.broker.DeliveryHandler;
import io.cta.broker.LinkListener;
import io.cta.broker.QueueSpec;
import io.cta.broker.Subscription;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.Queues;
import io.cta.time.TimeSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Queues of a RabbitMQ, 3.10 or later. Publishes and subscriptions live through the server's
 * restarts and come back by themselves. Safe from any context.
 */
public final class RabbitBroker implements Broker {
  private final TimeSource time;
  private static final int MAX_MESSAGE = 8 << 20;
  private static final int WORKERS = 8;
  private static final int LINK_WORKERS = 4;

  private final Vertx vertx;
  private final Context home;
  private final RabbitSettings settings;
  private final LinkListener listener;
  private final WorkerExecutor workers;
  private final WorkerExecutor linkWorkers;
  private final Connections connections;
  private final Inbox inbox;
  private final Topology topology;
  private final UntilUp untilUp;
  private final Standing standing;
  private final PublishChannels channels;
  private final Connector publishing;
  private final Declared declared;
  private final PutAway putAway;
  private final Lanes lanes;
  private long timer = -1;
  private boolean begun;
  private boolean closed;

  public RabbitBroker(
      Vertx vertx, TimeSource time, RabbitSettings settings, LinkListener listener) {
    this.time = time;
    this.vertx = vertx;
    this.home = vertx.getOrCreateContext();
    this.settings = settings;
    this.listener = listener;
    this.workers = workers("cta-rabbitmq", WORKERS);
    // apart, so that queues which do not answer hold up no publisher
    this.linkWorkers = workers("cta-rabbitmq-link", LINK_WORKERS);
    this.connections = new Connections(settings);
    this.inbox = new Inbox(home);
    this.topology = new Topology(vertx, linkWorkers, settings);
    this.untilUp = new UntilUp(vertx);
    this.standing = new Standing(listener, settings.toString());
    this.declared = new Declared(topology, untilUp);
    this.channels = new PublishChannels(this::publisher);
    this.publishing =
        connector(
            "publishes", new Outgoing(channels, untilUp, declared, standing.new Part("publishes")));
    this.putAway = new PutAway(channels, topology, time.wall());
    this.lanes = new Lanes(this::lane);
  }

  /**
   * Begins to connect, once. Completes when it is connected for the first time; fails when the
   * server refuses user, password or virtual host before that, or the broker is closed. It goes on
   * trying in any case.
   */
  public Future<Void> connect() {
    return atHome(
        answer -> {
          standing.await(answer);
          if (!begun) {
            begun = true;
            publishing.begin();
            lanes.begin();
            timer = vertx.setPeriodic(settings.watch().toMillis(), id -> watch());
          }
        });
  }

  @Override
  public Future<Void> declare(String queue, QueueSpec spec) {
    return calling(() -> declared.declare(queue, spec));
  }

  @Override
  public Future<Void> publish(String queue, Buffer message) {
    if (message.length() > MAX_MESSAGE) {
      String text = "a message has at most " + MAX_MESSAGE + " bytes, not " + message.length();
      return Future.failedFuture(new ServiceFailure(ErrorCode.TOO_LARGE, text));
    }
    return calling(
        () ->
            channels
                .publish(Publish.toQueue(queue, message))
                .recover(e -> declaredAgain(e, queue, message)));
  }

  @Override
  public Future<Subscription> subscribe(String queue, int prefetch, DeliveryHandler handler) {
    if (prefetch < 1 || prefetch > 65_535) {
      return Future.failedFuture(ServiceFailure.invalid("prefetch", "must be between 1 and 65535"));
    }
    return atHome(
        answer -> {
          Lane lane = lanes.withRoom();
          lane.add(
              new RabbitSubscription(
                  this,
                  lane,
                  queue,
                  prefetch,
                  handler,
                  new Sequence(workers),
                  answer,
                  time.ticker()));
        });
  }

  @Override
  public Future<Void> delete(String queue) {
    return calling(
        () -> {
          ServiceFailure why =
              new ServiceFailure(ErrorCode.UNAVAILABLE, "queue " + queue + " was deleted");
          List<Future<Void>> ending = new ArrayList<>();
          if (!Queues.DEAD_LETTER.equals(queue)) {
            subscriptions().stream()
                .filter(s -> s.queue().equals(queue))
                .forEach(s -> ending.add(end(s, why)));
          }
          return Future.join(ending).transform(done -> declared.delete(queue));
        });
  }

  @Override
  public Future<BrokerHealth> health() {
    Answer<BrokerHealth> answer = answer();
    atHome(() -> answer.succeed(healthNow()));
    return answer.future();
  }

  @Override
  public Future<Void> close() {
    Answer<Void> answer = answer();
    atHome(
        () -> {
          if (closed) {
            answer.succeed(null);
            return;
          }
          closed = true;
          vertx.cancelTimer(timer);
          standing.closed(gone());
          List<Future<Void>> ending = new ArrayList<>();
          subscriptions().forEach(s -> ending.add(end(s, gone())));
          Future.join(ending)
              .transform(done -> disconnected())
              .onComplete(done -> answer.succeed(null));
        });
    return answer.future();
  }

  <T> Answer<T> answer() {
    return new Answer<>(vertx);
  }

  void atHome(Runnable work) {
    home.runOnContext(v -> work.run());
  }

  /** At home after a while, unless the broker is closed by then. */
  void later(long millis, Runnable work) {
    vertx.setTimer(
        Math.max(1, millis),
        id -> {
          if (!closed) {
            work.run();
          }
        });
  }

  Inbox inbox() {
    return inbox;
  }

  Declared declared() {
    return declared;
  }

  PutAway putAway() {
    return putAway;
  }

  void subscriptionLost(String queue, String reason) {
    listener.lost(queue, reason);
  }

  List<RabbitSubscription> subscriptions() {
    return lanes.subscriptions();
  }

  private static Future<Void> end(RabbitSubscription subscription, ServiceFailure why) {
    subscription.fail(why);
    return subscription.end();
  }

  private Future<Void> disconnected() {
    channels.close();
    untilUp.close();
    List<Future<Void>> closing = new ArrayList<>();
    closing.add(publishing.close());
    closing.add(lanes.close());
    closing.add(topology.close());
    return Future.join(closing)
        .transform(done -> workers.close())
        .transform(done -> linkWorkers.close());
  }

  /** A queue that was declared here and that somebody has removed is made again. */
  private Future<Void> declaredAgain(Throwable why, String queue, Buffer message) {
    boolean missing = why instanceof ServiceFailure f && f.code() == ErrorCode.NOT_FOUND;
    Future<Void> again = missing ? declared.again(queue) : null;
    return again == null
        ? Future.failedFuture(why)
        : again.compose(v -> channels.publish(Publish.toQueue(queue, message)));
  }

  private BrokerHealth healthNow() {
    String detail =
        standing.text()
            + (publishing.blocked() == null
                ? ""
                : ", which takes no messages for now: " + publishing.blocked())
            + ", "
            + declared.size()
            + " queues declared, "
            + subscriptions().size()
            + " subscriptions, "
            + channels.size()
            + " publishes under way, dead-lettered "
            + putAway.deadLettered();
    boolean up = standing.up() && publishing.blocked() == null;
    return new BrokerHealth(up, detail, putAway.deadLettered());
  }

  private void watch() {
    if (channels.silentNanos() > settings.patience().toNanos()) {
      publishing.drop("RabbitMQ has confirmed nothing for " + settings.patience());
    }
    channels.probe();
    subscriptions().forEach(RabbitSubscription::look);
  }

  private Publisher publisher() {
    return new Publisher(
        vertx, new Sequence(linkWorkers), inbox, topology::base, declared::revive, time.ticker());
  }

  private Lane lane(int number) {
    String role = "consumes " + number;
    return new Lane(events -> connector(role, events), standing.new Part(role));
  }

  private WorkerExecutor workers(String name, int size) {
    return vertx.createSharedWorkerExecutor(name, size, 1, TimeUnit.HOURS);
  }

  private Connector connector(String role, Connector.Events events) {
    return new Connector(
        vertx, linkWorkers, inbox, connections, settings.backoff(), role, events, time.ticker());
  }

  private Future<Void> calling(Supplier<Future<Void>> work) {
    return atHome(answer -> work.get().onSuccess(answer::succeed).onFailure(answer::fail));
  }

  private <T> Future<T> atHome(Consumer<Answer<T>> work) {
    Answer<T> answer = answer();
    atHome(
        () -> {
          if (closed) {
            answer.fail(gone());
          } else {
            work.accept(answer);
          }
        });
    return answer.future();
  }

  private static ServiceFailure gone() {
    return new ServiceFailure(ErrorCode.UNAVAILABLE, "the broker is closed");
  }
}
