package io.cta.agent.run;

import io.cta.domain.Stage;

/**
 * How a stage ended.
 *
 * @param exit code of its process, 0 when there is none
 * @param message what was wrong, null when nothing was
 */
record StageOutcome(Kind kind, int exit, String message) {
  /** The ways to end. */
  enum Kind {
    EXITED,
    /** Past its timeout. */
    TIMEOUT,
    /** Its directory is not there. */
    BAD_CWD,
    NOT_STARTED,
    /** The attempt was to stop. */
    STOPPED,
    /** The agent died meanwhile. */
    INTERRUPTED
  }

  static StageOutcome exited(int code) {
    return new StageOutcome(Kind.EXITED, code, code == 0 ? null : ExitCodes.describe(code));
  }

  static StageOutcome of(Kind kind, String message) {
    return new StageOutcome(kind, 0, message);
  }

  /** Whether it ended by itself with an exit code that the stage calls a success. */
  boolean succeeded(Stage stage) {
    return kind == Kind.EXITED && stage.successCodes().contains(exit);
  }

  /** Whether a signal ended it. */
  boolean signalled() {
    return kind == Kind.EXITED && ExitCodes.isSignal(exit);
  }
}
