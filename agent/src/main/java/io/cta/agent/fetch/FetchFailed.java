package io.cta.agent.fetch;

import java.io.IOException;

/** An input that could not be brought here; the message says which and why. */
public final class FetchFailed extends Exception {
  private final boolean passing;

  /** A failure that the next try, here or on another machine, would meet again. */
  public FetchFailed(String message) {
    super(UrlSecrets.hidden(message));
    this.passing = false;
  }

  /** A failure of the network or a disk, which may be over soon. */
  public FetchFailed(String message, Throwable cause) {
    super(UrlSecrets.hidden(message + ": " + text(cause)), cause);
    this.passing = cause instanceof IOException;
  }

  private FetchFailed(boolean passing, String message) {
    super(UrlSecrets.hidden(message));
    this.passing = passing;
  }

  /** A failure of somebody else's server or program, which may be over soon. */
  static FetchFailed passing(String message) {
    return new FetchFailed(true, message);
  }

  /** Whether another try may succeed. */
  public boolean isPassing() {
    return passing;
  }

  private static String text(Throwable cause) {
    return cause.getMessage() == null
        ? cause.getClass().getSimpleName()
        : cause.getClass().getSimpleName() + " " + cause.getMessage();
  }
}
