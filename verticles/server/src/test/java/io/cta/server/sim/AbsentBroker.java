package io.cta.server.sim;

import io.cta.broker.BrokerHealth;
import io.cta.broker.DeliveryHandler;
import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSpec;
import io.cta.broker.QueueSubscription;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** A broker that can be made unavailable: then its health says so, and publishing fails. */
public final class AbsentBroker implements MessageBroker {
  private final MessageBroker broker;
  private volatile boolean away;

  AbsentBroker(MessageBroker broker) {
    this.broker = broker;
  }

  public void away(boolean now) {
    away = now;
  }

  @Override
  public Future<Void> declare(String queue, QueueSpec spec) {
    return broker.declare(queue, spec);
  }

  @Override
  public Future<Void> publish(String queue, Buffer message) {
    return away ? Future.failedFuture("the broker is away") : broker.publish(queue, message);
  }

  @Override
  public Future<QueueSubscription> subscribe(String queue, int prefetch, DeliveryHandler handler) {
    return broker.subscribe(queue, prefetch, handler);
  }

  @Override
  public Future<Void> delete(String queue) {
    return broker.delete(queue);
  }

  @Override
  public Future<BrokerHealth> health() {
    return away ? Future.succeededFuture(new BrokerHealth(false, "away", 0)) : broker.health();
  }

  @Override
  public Future<Void> close() {
    return broker.close();
  }
}
