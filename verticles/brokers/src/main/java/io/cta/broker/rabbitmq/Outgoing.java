package io.cta.broker.rabbitmq;

import com.rabbitmq.client.Connection;

/** Tells all who need it how the connection to publish does. Home only. */
final class Outgoing implements Connector.Events {
  private final PublishChannels channels;
  private final UntilUp untilUp;
  private final Declared declared;
  private final Connector.Events part;

  /**
   * @param untilUp what waits for the server waits for this connection
   */
  Outgoing(PublishChannels channels, UntilUp untilUp, Declared declared, Connector.Events part) {
    this.channels = channels;
    this.untilUp = untilUp;
    this.declared = declared;
    this.part = part;
  }

  @Override
  public void up(Connection connection) {
    channels.up(connection);
    untilUp.up();
    declared.allAgain();
    part.up(connection);
  }

  @Override
  public void lost() {
    untilUp.down();
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
