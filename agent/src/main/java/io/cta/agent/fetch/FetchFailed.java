package io.cta.agent.fetch;

import java.io.IOException;

/** An input could not be fetched; the message says which and why. */
public final class FetchFailed extends Exception {
  private final boolean retryable;
  private final boolean ofMachine;

  /** A failure that another try, here or on another machine, would repeat. */
  public FetchFailed(String message) {
    this(false, false, message);
  }

  /**
   * A failure with a cause. Another try may succeed when that is an {@link IOException}: the
   * network or a disk failed.
   */
  public FetchFailed(String message, Throwable cause) {
    super(UrlSecrets.hidden(message + ": " + text(cause)), cause);
    this.retryable = cause instanceof IOException;
    this.ofMachine = false;
  }

  private FetchFailed(boolean retryable, boolean ofMachine, String message) {
    super(UrlSecrets.hidden(message));
    this.retryable = retryable;
    this.ofMachine = ofMachine;
  }

  /** A failure of another server or program, which may be over soon. */
  public static FetchFailed retryable(String message) {
    return new FetchFailed(true, false, message);
  }

  /** A failure that this machine would repeat and another one may not: it lacks a program. */
  static FetchFailed ofMachine(String message) {
    return new FetchFailed(false, true, message);
  }

  /** The same failure, of a part of the input. */
  FetchFailed within(String part) {
    FetchFailed out = new FetchFailed(retryable, ofMachine, part + getMessage());
    out.initCause(this);
    return out;
  }

  /** Whether another try on this machine may succeed. */
  public boolean isRetryable() {
    return retryable;
  }

  /** Whether a try on another machine may succeed, so that the definition is not at fault. */
  public boolean isInfrastructure() {
    return retryable || ofMachine;
  }

  private static String text(Throwable cause) {
    return cause.getMessage() == null
        ? cause.getClass().getSimpleName()
        : cause.getClass().getSimpleName() + " " + cause.getMessage();
  }
}
