package io.cta.agent.fetch;

import java.io.IOException;

/** An input could not be fetched; the message says which and why. */
public final class FetchFailed extends Exception {
  private final boolean retryable;

  /** A failure that another try, here or on another machine, would repeat. */
  public FetchFailed(String message) {
    super(UrlSecrets.hidden(message));
    this.retryable = false;
  }

  /**
   * A failure with a cause. Another try may succeed when that is an {@link IOException}: the
   * network or a disk failed.
   */
  public FetchFailed(String message, Throwable cause) {
    super(UrlSecrets.hidden(message + ": " + text(cause)), cause);
    this.retryable = cause instanceof IOException;
  }

  private FetchFailed(boolean retryable, String message) {
    super(UrlSecrets.hidden(message));
    this.retryable = retryable;
  }

  /** A failure of another server or program, which may be over soon. */
  public static FetchFailed retryable(String message) {
    return new FetchFailed(true, message);
  }

  /** Whether another try may succeed. */
  public boolean isRetryable() {
    return retryable;
  }

  private static String text(Throwable cause) {
    return cause.getMessage() == null
        ? cause.getClass().getSimpleName()
        : cause.getClass().getSimpleName() + " " + cause.getMessage();
  }
}
