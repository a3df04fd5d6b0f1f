package io.cta.broker.rabbitmq.publish;

import com.rabbitmq.client.Connection;
import io.cta.broker.rabbitmq.connection.PendingOperations;
import io.cta.broker.rabbitmq.connection.ReconnectingConnection;
import io.cta.broker.rabbitmq.topology.DeclaredQueues;

/** Passes the state of the publishing connection to all who depend on it. Broker's context only. */
public final class PublishConnectionListener implements ReconnectingConnection.Events {
  private final PublishChannels channels;
  private final PendingOperations pendingOperations;
  private final DeclaredQueues declaredQueues;
  private final ReconnectingConnection.Events linkState;

  /**
   * @param pendingOperations calls that wait for this connection
   */
  public PublishConnectionListener(
      PublishChannels channels,
      PendingOperations pendingOperations,
      DeclaredQueues declaredQueues,
      ReconnectingConnection.Events linkState) {
    this.channels = channels;
    this.pendingOperations = pendingOperations;
    this.declaredQueues = declaredQueues;
    this.linkState = linkState;
  }

  @Override
  public void up(Connection connection) {
    channels.up(connection);
    pendingOperations.up();
    declaredQueues.redeclareAll();
    linkState.up(connection);
  }

  @Override
  public void lost() {
    pendingOperations.down();
    channels.lost();
  }

  @Override
  public void down(String reason, long retryMillis) {
    linkState.down(reason, retryMillis);
  }

  @Override
  public void refused(int status, String text, long retryMillis) {
    linkState.refused(status, text, retryMillis);
  }

  @Override
  public void blocked(boolean now) {
    channels.blocked(now);
  }
}
