package io.cta.server.executions;

import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.RunMode;
import io.cta.domain.Test;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;

/**
 * Refuses executions whose commands no queue could carry: the command to run a task contains its
 * tests and inputs, and links and brokers limit the size of a message.
 */
final class CommandSizeCheck {
  /** A little below the lowest limit of any link or broker. */
  static final int MAX_BYTES = 1_900_000;

  private CommandSizeCheck() {}

  /** Fails with TOO_LARGE, saying how large the largest task's command would be. */
  static void check(ExecutionSnapshot snapshot) {
    check(snapshot, bytes(snapshot));
  }

  /**
   * As {@link #check(ExecutionSnapshot)}.
   *
   * @param bytes the result of {@link #bytes} for the snapshot
   */
  static void check(ExecutionSnapshot snapshot, long bytes) {
    long all = bytes + JsonMapping.encode(snapshot.scenario()).length();
    if (all > MAX_BYTES) {
      boolean alone = alone(snapshot);
      throw new ServiceFailure(
          ErrorCode.TOO_LARGE,
          "the tests of one task come to "
              + all
              + " bytes, and at most "
              + MAX_BYTES
              + " fit into a command: "
              + (alone
                  ? "keep long scripts in files that an input brings"
                  : "use mode parallel, or cut the suite"));
    }
  }

  /** The bytes of the largest task's tests and of the inputs and outputs. */
  static long bytes(ExecutionSnapshot snapshot) {
    boolean alone = alone(snapshot);
    long tests = 0;
    for (Test test : snapshot.tests()) {
      long size = JsonMapping.encode(test).length();
      tests = alone ? Math.max(tests, size) : tests + size;
    }
    return tests
        + JsonMapping.encode(snapshot.inputs()).length()
        + JsonMapping.encode(snapshot.outputs()).length();
  }

  private static boolean alone(ExecutionSnapshot snapshot) {
    return snapshot.configuration().mode() == RunMode.PARALLEL;
  }
}
