package io.cta.cli;

/** The server did not answer at all, or says that it cannot just now. */
final class Unreachable extends RuntimeException {
  Unreachable(String server, String reason) {
    super("no answer from " + server + ": " + reason, null, false, false);
  }
}
