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
 * One node's way to a broker that several nodes of this JVM share: what comes back comes on the
 * node's own contexts. Closing it ends this node's subscriptions only.
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
    return back(() -> shared.declare(queue, spec));
  }

  @Override
  public Future<Void> publish(String queue, Buffer message) {
    return back(() -> shared.publish(queue, message));
  }

  @Override
  public Future<QueueSubscription> subscribe(String queue, int prefetch, DeliveryHandler handler) {
    Context home = vertx.getOrCreateContext();
    DeliveryHandler hop =
        message -> {
          Promise<Void> settled = Promise.promise();
          home.runOnContext(v -> handler.handle(message).onComplete(settled));
          return settled.future();
        };
    return back(() -> shared.subscribe(queue, prefetch, hop).onSuccess(subscriptions::add));
  }

  @Override
  public Future<Void> delete(String queue) {
    return back(() -> shared.delete(queue));
  }

  @Override
  public Future<BrokerHealth> health() {
    return back(shared::health);
  }

  @Override
  public Future<Void> close() {
    return back(
        () ->
            Future.join(subscriptions.stream().map(QueueSubscription::cancel).toList()).mapEmpty());
  }

  private <T> Future<T> back(Supplier<Future<T>> call) {
    CallerPromise<T> answer = new CallerPromise<>(vertx);
    call.get().onSuccess(answer::succeed).onFailure(answer::fail);
    return answer.future();
  }
}
