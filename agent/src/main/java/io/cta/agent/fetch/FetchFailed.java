package io.cta.agent.fetch;

/** An input that could not be brought here; the message says which and why. */
public final class FetchFailed extends Exception {
  public FetchFailed(String message) {
    super(message);
  }

  public FetchFailed(String message, Throwable cause) {
    super(message + ": " + text(cause), cause);
  }

  private static String text(Throwable cause) {
    return cause.getMessage() == null
        ? cause.getClass().getSimpleName()
        : cause.getClass().getSimpleName() + " " + cause.getMessage();
  }
}
