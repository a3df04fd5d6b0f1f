package io.cta.broker.rabbitmq;

import com.rabbitmq.client.Connection;
import io.cta.broker.rabbitmq.connection.ReconnectingConnection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One connection to consume and the subscriptions on it, each with a channel of its own so that
 * what happens to one disturbs no other. Home only.
 */
final class ConsumerConnection implements ReconnectingConnection.Events {
  /** Fewer than a server lets a connection have by default, 2,047. */
  static final int SUBSCRIPTIONS = 1_000;

  private final ReconnectingConnection reconnectingConnection;
  private final ReconnectingConnection.Events owner;
  private final Set<RabbitSubscription> subscriptions = new LinkedHashSet<>();

  /** How a lane gets its connector, which has to know the lane. */
  interface Factory {
    ReconnectingConnection connector(ReconnectingConnection.Events events);
  }

  ConsumerConnection(Factory factory, ReconnectingConnection.Events owner) {
    this.owner = owner;
    this.reconnectingConnection = factory.connector(this);
  }

  void begin() {
    reconnectingConnection.begin();
  }

  boolean full() {
    return subscriptions.size() >= SUBSCRIPTIONS;
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

  ReconnectingConnection connector() {
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
