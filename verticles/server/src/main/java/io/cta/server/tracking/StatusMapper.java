package io.cta.server.tracking;

import io.cta.domain.LogChunk;
import io.cta.domain.LogChunkBuilder;
import io.cta.domain.Status;
import io.cta.domain.StatusBuilder;
import io.cta.domain.StatusSource;
import io.cta.message.LogWritten;
import io.cta.message.StatusReport;
import java.time.Instant;
import java.util.List;

/** Maps what agents report to the documents that are stored. */
final class StatusMapper {
  private StatusMapper() {}

  static List<Status> of(AgentEvent.StatusesReported event, String machineName, Instant at) {
    return event.batch().statuses().stream().map(s -> of(event, s, machineName, at)).toList();
  }

  private static Status of(
      AgentEvent.StatusesReported b, StatusReport s, String machineName, Instant at) {
    return StatusBuilder.builder()
        .testId(s.testId())
        .name(s.name())
        .index(s.index())
        .result(s.result())
        .skipped(s.skipped())
        .reason(s.reason())
        .message(s.message())
        .description(s.description())
        .durationMs(s.durationMs())
        .custom(s.custom())
        .suite(s.suite())
        .flaky(s.flaky())
        .details(s.details())
        .id(Status.id(b.taskId(), b.attempt(), s.index()))
        .executionId(b.executionId())
        .taskId(b.taskId())
        .attempt(b.attempt())
        .testName(s.testName() == null ? s.testId() : s.testName())
        .source(s.source() == null ? StatusSource.API : s.source())
        .machineId(b.machineId())
        .machineName(machineName)
        .at(at)
        .build();
  }

  static LogChunk chunk(LogWritten log, Instant at) {
    return LogChunkBuilder.builder()
        .executionId(log.executionId())
        .taskId(log.taskId())
        .attempt(log.attempt())
        .testId(log.testId())
        .seq(log.seq())
        .offset(log.offset())
        .size(log.size())
        .gap(log.gap())
        .data(log.data())
        .id(LogChunk.id(log.taskId(), log.attempt(), log.seq()))
        .at(at)
        .build();
  }
}
