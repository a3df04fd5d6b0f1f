package io.cta.broker.rabbitmq.topology;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.NoOpMetricsCollector;

/**
 * Captures the connection that a Vert.x client opened last. The client does not hand it out, but
 * tells its metrics collector, which this is. Any thread.
 */
final class ConnectionCapture extends NoOpMetricsCollector {
  private static final int CLOSE_TIMEOUT_MILLIS = 2_000;

  private volatile Connection last;

  @Override
  public void newConnection(Connection connection) {
    last = connection;
  }

  /** Ends the connection, and with it all calls that wait for an answer on it. Blocks. */
  Void abort() {
    Connection open = last;
    if (open != null) {
      open.abort(CLOSE_TIMEOUT_MILLIS);
    }
    return null;
  }
}
