package io.cta.cli.client;

import io.cta.domain.Execution;
import io.cta.domain.State;

/** What the process says to who started it. */
public final class ExitCode {
  public static final int OK = 0;
  public static final int FAILED = 1;
  static final int INCONCLUSIVE = 2;
  static final int PARTIAL = 3;
  static final int CANCELLED = 4;
  static final int TIMEOUT = 5;
  public static final int USAGE = 64;

  /** What was asked for is not there: a scenario, an execution, a task. */
  static final int NOT_THERE = 66;

  public static final int NO_SERVER = 69;

  /** What no one expected: a fault of this program. */
  public static final int FAULT = 70;

  /** The output cannot be written: a full disk. */
  public static final int NOT_WRITTEN = 74;

  /** Nobody reads the output any more: the code of a program that SIGPIPE ended. */
  public static final int READER_GONE = 141;

  /** The waiting ended, the execution has not. */
  public static final int STILL_RUNNING = 75;

  /** The token is missing, wrong, or not good enough. */
  static final int NOT_ALLOWED = 77;

  private ExitCode() {}

  /** The code of a server's refusal, by its HTTP status. */
  static int ofStatus(int status) {
    return switch (status) {
      case 401, 403 -> NOT_ALLOWED;
      case 404 -> NOT_THERE;
      default -> status == 429 || status >= 500 ? NO_SERVER : USAGE;
    };
  }

  /** The code of an execution that is over. */
  public static int of(Execution execution) {
    if (execution.state() == State.CANCELLED) {
      return CANCELLED;
    }
    if (execution.state() == State.TIMEOUT) {
      return TIMEOUT;
    }
    if (execution.result() == null) {
      return INCONCLUSIVE;
    }
    return switch (execution.result()) {
      case OK -> OK;
      case FAILED -> FAILED;
      case INCONCLUSIVE -> INCONCLUSIVE;
      case PARTIAL -> PARTIAL;
    };
  }
}
