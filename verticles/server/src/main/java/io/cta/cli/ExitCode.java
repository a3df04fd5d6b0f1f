package io.cta.cli;

import io.cta.domain.Execution;
import io.cta.domain.State;

/** What the process says to who started it. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int INCONCLUSIVE = 2;
  static final int PARTIAL = 3;
  static final int CANCELLED = 4;
  static final int TIMEOUT = 5;
  static final int USAGE = 64;
  static final int NO_SERVER = 69;

  private ExitCode() {}

  /** The code of an execution that is over. */
  static int of(Execution execution) {
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
