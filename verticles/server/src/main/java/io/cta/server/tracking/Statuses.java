package io.cta.server.tracking;

import io.cta.domain.LogChunk;
import io.cta.domain.Result;
import io.cta.domain.Status;
import io.cta.domain.StatusSource;
import io.cta.domain.Task;
import io.cta.message.LogWritten;
import io.cta.message.StatusBatch;
import io.cta.message.StatusReport;
import java.time.Instant;
import java.util.List;

/** Makes the documents that are stored of what agents report, and the server's own statuses. */
final class Statuses {
  static final String NOT_REPORTED = "notReported";

  private Statuses() {}

  static List<Status> of(StatusBatch batch, String machineName, Instant at) {
    return batch.statuses().stream().map(s -> of(batch, s, machineName, at)).toList();
  }

  private static Status of(StatusBatch b, StatusReport s, String machineName, Instant at) {
    return new Status(
        Status.id(b.taskId(), b.attempt(), s.index()),
        b.executionId(),
        b.taskId(),
        b.attempt(),
        s.testId(),
        s.testName() == null ? s.testId() : s.testName(),
        s.name(),
        s.index(),
        s.result(),
        s.skipped(),
        s.source() == null ? StatusSource.API : s.source(),
        s.reason(),
        s.message(),
        s.description(),
        s.durationMs(),
        b.machineId(),
        machineName,
        at,
        s.custom(),
        s.suite(),
        s.flaky(),
        s.details());
  }

  /**
   * What the server says of tests that nobody reported. The index is the test's place in the task,
   * so that the same gap filled twice is one status.
   */
  static List<Status> missing(Task task, List<String> testIds, String machineName, Instant at) {
    return testIds.stream().map(id -> missing(task, id, machineName, at)).toList();
  }

  private static Status missing(Task task, String testId, String machineName, Instant at) {
    int index = Status.SERVER_INDEX + task.testIds().indexOf(testId);
    return new Status(
        Status.id(task.id(), task.attempt(), index),
        task.executionId(),
        task.id(),
        task.attempt(),
        testId,
        testId.substring(testId.lastIndexOf('/') + 1),
        null,
        index,
        Result.INCONCLUSIVE,
        false,
        StatusSource.SERVER,
        task.reason() == null ? NOT_REPORTED : task.reason(),
        null,
        null,
        null,
        task.machineId(),
        machineName,
        at,
        null);
  }

  static LogChunk chunk(LogWritten log, Instant at) {
    return new LogChunk(
        LogChunk.id(log.taskId(), log.attempt(), log.seq()),
        log.executionId(),
        log.taskId(),
        log.attempt(),
        log.testId(),
        log.seq(),
        log.offset(),
        log.size(),
        log.gap(),
        log.data(),
        at);
  }
}
