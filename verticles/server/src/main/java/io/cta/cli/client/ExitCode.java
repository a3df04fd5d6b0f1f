package io.cta.cli.client;

import io.cta.domain.Execution;
import io.cta.domain.State;

/** The exit codes of the commands. */
public final class ExitCode {
  public static final int OK = 0;
  public static final int FAILED = 1;
  static final int INCONCLUSIVE = 2;
  static final int PARTIAL = 3;
  static final int CANCELLED = 4;
  static final int TIMEOUT = 5;
  public static final int USAGE = 64;

  /** What was asked for does not exist: a scenario, an execution, a task. */
  public static final int NOT_FOUND = 66;

  public static final int NO_SERVER = 69;

  /** An unexpected failure: a fault of this program. */
  public static final int FAULT = 70;

  /** The output cannot be written: a full disk. */
  public static final int NOT_WRITTEN = 74;

  /** Nobody reads the output any more: the exit code of a program that SIGPIPE ended. */
  public static final int READER_GONE = 141;

  /** The wait ended before the execution did. */
  public static final int STILL_RUNNING = 75;

  /** The token is missing, wrong, or lacks a right. */
  static final int NOT_ALLOWED = 77;

  private ExitCode() {}

  /** The exit code for a server's refusal, by its HTTP status. */
  static int ofStatus(int status) {
    return switch (status) {
      case 401, 403 -> NOT_ALLOWED;
      case 404 -> NOT_FOUND;
      default -> status == 429 || status >= 500 ? NO_SERVER : USAGE;
    };
  }

  /** The exit code for an execution that is over. */
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
