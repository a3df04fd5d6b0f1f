package io.cta.cli.client;

/**
 * An expected end: a text for people, empty when nothing is to be said, and the exit code that goes
 * with it.
 */
public final class CliFailure extends RuntimeException {
  private final int exitCode;

  public CliFailure(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
