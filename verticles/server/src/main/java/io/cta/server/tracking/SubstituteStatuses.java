package io.cta.server.tracking;

import io.cta.domain.Result;
import io.cta.domain.Status;
import io.cta.domain.StatusBuilder;
import io.cta.domain.StatusSource;
import io.cta.domain.Task;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds the inconclusive statuses that the server adds for tests an attempt ended without
 * reporting. The index comes from the test's place in the task, so that filling the same gap twice
 * gives one status.
 *
 * @param machineName of the attempt's machine, or null
 * @param at the server's time
 */
record SubstituteStatuses(Task task, String machineName, Instant at) {
  static final String NOT_REPORTED = "notReported";

  /**
   * @param missing tests that nobody reported
   * @param interrupted tests that may have had more to report
   */
  List<Status> of(List<String> missing, List<String> interrupted) {
    int interruptedIndex = Status.SERVER_INDEX + task.testIds().size();
    return Stream.concat(
            missing.stream().map(id -> status(id, null, Status.SERVER_INDEX)),
            interrupted.stream().map(id -> status(id, Status.INTERRUPTED, interruptedIndex)))
        .toList();
  }

  private Status status(String testId, String name, int firstIndex) {
    int index = firstIndex + task.testIds().indexOf(testId);
    return StatusBuilder.builder()
        .id(Status.id(task.id(), task.attempt(), index))
        .executionId(task.executionId())
        .taskId(task.id())
        .attempt(task.attempt())
        .testId(testId)
        .testName(testId.substring(testId.lastIndexOf('/') + 1))
        .name(name)
        .index(index)
        .result(Result.INCONCLUSIVE)
        .source(StatusSource.SERVER)
        .reason(task.reason() == null ? NOT_REPORTED : task.reason())
        .machineId(task.machineId())
        .machineName(machineName)
        .at(at)
        .build();
  }
}
