package io.cta.broker;

/**
 * Is told when a link connects, disconnects or is refused, to log it or to act. Called on the
 * context that made the link.
 */
public interface LinkListener {
  /** The link is connected; subscriptions and unconfirmed publishes are being sent again. */
  default void up() {}

  /** The link is not connected, or not yet; it tries again after {@code retryMillis}. */
  default void down(String reason, long retryMillis) {}

  /**
   * The other side refused the connection, with a status as in HTTP: 400 no common protocol
   * version, 401 or 403 wrong token or password, 409 the machine has another live session, 410 the
   * agent of this token has a newer one. The link keeps trying at its longest wait until it is
   * closed.
   */
  default void refused(int status, String text, long retryMillis) {}

  /** A subscription could not be renewed after a reconnect and has ended. */
  default void lost(String queue, String reason) {}
}
