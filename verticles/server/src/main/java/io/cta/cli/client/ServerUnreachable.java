package io.cta.cli.client;

import java.time.Duration;

/**
 * The server did not answer at all, says that it cannot just now, or something before it answered
 * in its place: the same question may be answered soon.
 */
public final class ServerUnreachable extends RuntimeException {
  private final Duration after;

  public ServerUnreachable(String server, String reason) {
    this(server, reason, Duration.ZERO);
  }

  /**
   * @param after how long the one who answered wants to be left alone; zero when nothing was said
   */
  ServerUnreachable(String server, String reason, Duration after) {
    super("no answer from " + server + ": " + reason, null, false, false);
    this.after = after;
  }

  Duration after() {
    return after;
  }
}
