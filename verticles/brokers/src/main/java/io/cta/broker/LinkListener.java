package io.cta.broker;

/** Hears how a link does, to log it or to act. Called on the context that made the link. */
public interface LinkListener {
  /** Connected; subscriptions and unconfirmed publishes are on their way. */
  default void up() {}

  /** No longer connected, or not yet; tries again after {@code retryMillis}. */
  default void down(String reason, long retryMillis) {}

  /**
   * The other side said no, with a status as HTTP has it: 400 versions do not fit, 401 or 403 the
   * token or password, 409 another live session of the machine, 410 the token is that of an agent
   * that has a newer one. The link goes on trying at its longest wait, until it is closed.
   */
  default void refused(int status, String text, long retryMillis) {}

  /** A subscription could not be renewed after a reconnect and is over. */
  default void lost(String queue, String reason) {}
}
