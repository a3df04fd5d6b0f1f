package io.cta.cli.client;

/**
 * An expected end of a command: a text for people, empty when there is nothing to say, and the exit
 * code.
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
