package io.cta.agent.run;

/**
 * How a stage ended.
 *
 * @param exit code of its process, 0 when there is none
 * @param message what was wrong, null when nothing was
 */
record StageOutcome(Kind kind, int exit, String message) {
  private static final int SIGNAL = 128;
  private static final int LAST_SIGNAL = 64;

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
    return new StageOutcome(Kind.EXITED, code, code == 0 ? null : describe(code));
  }

  static StageOutcome of(Kind kind, String message) {
    return new StageOutcome(kind, 0, message);
  }

  boolean passed() {
    return kind == Kind.EXITED && exit == 0;
  }

  private static String describe(int code) {
    if (code == 127) {
      return "exit code 127 (command not found)";
    }
    if (code == 126) {
      return "exit code 126 (command cannot be executed)";
    }
    return code > SIGNAL && code <= SIGNAL + LAST_SIGNAL
        ? "exit code " + code + " (signal " + (code - SIGNAL) + ")"
        : "exit code " + code;
  }
}
