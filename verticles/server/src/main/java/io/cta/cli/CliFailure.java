package io.cta.cli;

/**
 * An expected end: a text for people, empty when nothing is to be said, and the exit code that goes
 * with it.
 */
final class CliFailure extends RuntimeException {
  private final int exitCode;

  CliFailure(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
