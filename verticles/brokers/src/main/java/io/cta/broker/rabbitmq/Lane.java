package io.cta.broker.rabbitmq;

import com.rabbitmq.client.Connection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One connection to consume and the subscriptions on it, each with a channel of its own so that
 * what happens to one disturbs no other. Home only.
 */
final class Lane implements Connector.Events {
  /** Fewer than a server lets a connection have by default, 2,047. */
  static final int SUBSCRIPTIONS = 1_000;

  private final Connector connector;
  private final Connector.Events owner;
  private final Set<RabbitSubscription> subscriptions = new LinkedHashSet<>();

  /** How a lane gets its connector, which has to know the lane. */
  interface Making {
    Connector connector(Connector.Events events);
  }

  Lane(Making making, Connector.Events owner) {
    this.owner = owner;
    this.connector = making.connector(this);
  }

  void begin() {
    connector.begin();
  }

  boolean full() {
    return subscriptions.size() >= SUBSCRIPTIONS;
  }

  boolean open() {
    return connector.connection() != null;
  }

  void add(RabbitSubscription subscription) {
    subscriptions.add(subscription);
    if (open()) {
      subscription.open(connector.connection());
    }
  }

  void remove(RabbitSubscription subscription) {
    subscriptions.remove(subscription);
  }

  List<RabbitSubscription> subscriptions() {
    return List.copyOf(subscriptions);
  }

  Connector connector() {
    return connector;
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
