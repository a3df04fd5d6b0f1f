package io.cta.server.view.executions;

import io.cta.domain.Attempt;
import io.cta.domain.Result;
import io.cta.domain.State;
import java.time.Instant;
import java.util.List;

/** One attempt of a task that is over. */
public record AttemptView(
    int number,
    String machineId,
    Instant startedAt,
    Instant endedAt,
    State state,
    Result result,
    boolean infra,
    String reason,
    String message,
    String shell,
    List<String> warnings) {
  static AttemptView of(Attempt a) {
    return new AttemptView(
        a.number(),
        a.machineId(),
        a.startedAt(),
        a.endedAt(),
        a.state(),
        a.result(),
        a.infra(),
        a.reason(),
        a.message(),
        a.shell(),
        a.warnings());
  }
}
