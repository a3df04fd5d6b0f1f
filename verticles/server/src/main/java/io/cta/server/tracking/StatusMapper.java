package io.cta.server.tracking;

import io.cta.domain.LogChunk;
import io.cta.domain.Status;
import io.cta.domain.StatusSource;
import io.cta.message.LogWritten;
import io.cta.message.StatusBatch;
import io.cta.message.StatusReport;
import java.time.Instant;
import java.util.List;

/** Makes the documents that are stored of what agents report, and the server's own statuses. */
final class StatusMapper {
  private StatusMapper() {}

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
