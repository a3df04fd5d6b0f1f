package io.cta.broker.rabbitmq.topology;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.NoOpMetricsCollector;

/**
 * The connection that a Vert.x client opened last, which it does not hand out: what counts
 * connections is told. Any thread.
 */
final class ConnectionCapture extends NoOpMetricsCollector {
  private static final int CLOSE_MILLIS = 2_000;

  private volatile Connection last;

  @Override
  public void newConnection(Connection connection) {
    last = connection;
  }

  /** Ends it, and with it whoever waits for an answer. Blocks. */
  Void abort() {
    Connection open = last;
    if (open != null) {
      open.abort(CLOSE_MILLIS);
    }
    return null;
  }
}
