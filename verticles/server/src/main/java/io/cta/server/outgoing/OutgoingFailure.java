package io.cta.server.outgoing;

/** No answer came; the message says why, for people. */
public final class OutgoingFailure extends RuntimeException {
  public OutgoingFailure(String message) {
    super(message, null, false, false);
  }
}
