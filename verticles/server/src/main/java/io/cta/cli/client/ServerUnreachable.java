package io.cta.cli.client;

import java.time.Duration;

/**
 * The server did not answer, or said that it cannot now, or something in front of it answered in
 * its place. The same request may be answered soon.
 */
public final class ServerUnreachable extends RuntimeException {
  private final Duration after;

  public ServerUnreachable(String server, String reason) {
    this(server, reason, Duration.ZERO);
  }

  /**
   * @param after how long the answer asks to wait; zero when it does not say
   */
  ServerUnreachable(String server, String reason, Duration after) {
    super("no answer from " + server + ": " + reason, null, false, false);
    this.after = after;
  }

  Duration after() {
    return after;
  }
}
