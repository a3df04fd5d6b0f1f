package io.cta.broker.rabbitmq.publish;

import com.rabbitmq.client.Connection;
import io.cta.broker.rabbitmq.connection.PendingOperations;
import io.cta.broker.rabbitmq.connection.ReconnectingConnection;
import io.cta.broker.rabbitmq.topology.DeclaredQueues;

/** Tells all who need it how the connection to publish does. Home only. */
public final class PublishConnectionListener implements ReconnectingConnection.Events {
  private final PublishChannels channels;
  private final PendingOperations pendingOperations;
  private final DeclaredQueues declaredQueues;
  private final ReconnectingConnection.Events part;

  /**
   * @param untilUp what waits for the server waits for this connection
   */
  public PublishConnectionListener(
      PublishChannels channels,
      PendingOperations pendingOperations,
      DeclaredQueues declaredQueues,
      ReconnectingConnection.Events part) {
    this.channels = channels;
    this.pendingOperations = pendingOperations;
    this.declaredQueues = declaredQueues;
    this.part = part;
  }

  @Override
  public void up(Connection connection) {
    channels.up(connection);
    pendingOperations.up();
    declaredQueues.allAgain();
    part.up(connection);
  }

  @Override
  public void lost() {
    pendingOperations.down();
    channels.lost();
  }

  @Override
  public void down(String reason, long retryMillis) {
    part.down(reason, retryMillis);
  }

  @Override
  public void refused(int status, String text, long retryMillis) {
    part.refused(status, text, retryMillis);
  }

  @Override
  public void blocked(boolean now) {
    channels.blocked(now);
  }
}
