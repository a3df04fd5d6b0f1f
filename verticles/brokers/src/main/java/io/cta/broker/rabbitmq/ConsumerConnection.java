package io.cta.broker.rabbitmq;

import com.rabbitmq.client.Connection;
import io.cta.broker.rabbitmq.connection.ReconnectingConnection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A connection for consuming, and the subscriptions on it. Each has a channel of its own, so that
 * what happens to one disturbs no other. Broker's context only.
 */
final class ConsumerConnection implements ReconnectingConnection.Events {
  /** Fewer than the 2,047 channels that a server allows a connection by default. */
  static final int MAX_SUBSCRIPTIONS = 1_000;

  private final ReconnectingConnection reconnectingConnection;
  private final ReconnectingConnection.Events owner;
  private final Set<RabbitSubscription> subscriptions = new LinkedHashSet<>();

  /** Makes the connection that is kept open, which reports to these events. */
  interface Factory {
    ReconnectingConnection create(ReconnectingConnection.Events events);
  }

  ConsumerConnection(Factory factory, ReconnectingConnection.Events owner) {
    this.owner = owner;
    this.reconnectingConnection = factory.create(this);
  }

  void begin() {
    reconnectingConnection.begin();
  }

  boolean full() {
    return subscriptions.size() >= MAX_SUBSCRIPTIONS;
  }

  boolean open() {
    return reconnectingConnection.connection() != null;
  }

  void add(RabbitSubscription subscription) {
    subscriptions.add(subscription);
    if (open()) {
      subscription.open(reconnectingConnection.connection());
    }
  }

  void remove(RabbitSubscription subscription) {
    subscriptions.remove(subscription);
  }

  List<RabbitSubscription> subscriptions() {
    return List.copyOf(subscriptions);
  }

  ReconnectingConnection reconnectingConnection() {
    return reconnectingConnection;
  }

  @Override
  public void up(Connection connection) {
    owner.up(connection);
    subscriptions().forEach(s -> s.open(connection));
  }

  @Override
  public void lost() {
    subscriptions().forEach(RabbitSubscription::lost);
    owner.lost();
  }

  @Override
  public void down(String reason, long retryMillis) {
    owner.down(reason, retryMillis);
  }

  @Override
  public void refused(int status, String text, long retryMillis) {
    owner.refused(status, text, retryMillis);
  }
}
