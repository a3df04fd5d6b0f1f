package io.cta.server.launch;

import io.cta.broker.BrokerHealth;
import io.cta.broker.CallerPromise;
import io.cta.broker.DeliveryHandler;
import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSpec;
import io.cta.broker.QueueSubscription;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * One node's access to a broker that several nodes of this JVM share: results and deliveries arrive
 * on the node's own contexts. Closing it ends this node's subscriptions only.
 */
final class NodeBroker implements MessageBroker {
  private final Vertx vertx;
  private final MessageBroker shared;
  private final List<QueueSubscription> subscriptions = new CopyOnWriteArrayList<>();

  NodeBroker(Vertx vertx, MessageBroker shared) {
    this.vertx = vertx;
    this.shared = shared;
  }

  @Override
  public Future<Void> declare(String queue, QueueSpec spec) {
    return onCaller(() -> shared.declare(queue, spec));
  }

  @Override
  public Future<Void> publish(String queue, Buffer message) {
    return onCaller(() -> shared.publish(queue, message));
  }

  @Override
  public Future<QueueSubscription> subscribe(String queue, int prefetch, DeliveryHandler handler) {
    Context context = vertx.getOrCreateContext();
    DeliveryHandler onContext =
        message -> {
          Promise<Void> settled = Promise.promise();
          context.runOnContext(v -> handler.handle(message).onComplete(settled));
          return settled.future();
        };
    return onCaller(
        () -> shared.subscribe(queue, prefetch, onContext).onSuccess(subscriptions::add));
  }

  @Override
  public Future<Void> delete(String queue) {
    return onCaller(() -> shared.delete(queue));
  }

  @Override
  public Future<BrokerHealth> health() {
    return onCaller(shared::health);
  }

  @Override
  public Future<Void> close() {
    return onCaller(
        () ->
            Future.join(subscriptions.stream().map(QueueSubscription::cancel).toList()).mapEmpty());
  }

  private <T> Future<T> onCaller(Supplier<Future<T>> call) {
    CallerPromise<T> answer = new CallerPromise<>(vertx);
    call.get().onSuccess(answer::succeed).onFailure(answer::fail);
    return answer.future();
  }
}
