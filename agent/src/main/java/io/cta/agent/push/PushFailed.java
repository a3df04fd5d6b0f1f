package io.cta.agent.push;

import java.io.IOException;

/** A file was not pushed; the message says why. */
class PushFailed extends IOException {
  private final boolean temporary;

  PushFailed(String message, boolean temporary) {
    super(message);
    this.temporary = temporary;
  }

  /** Whether another try may succeed. */
  boolean isTemporary() {
    return temporary;
  }

  /** What to say of a failure. */
  static String text(IOException e) {
    return e instanceof PushFailed
        ? e.getMessage()
        : e.getClass().getSimpleName() + " " + e.getMessage();
  }
}
