package io.cta.server.executions;

import io.cta.domain.AfterOutcome;
import io.cta.domain.AskedExecution;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionReport;
import io.cta.domain.ExecutionSpec;
import io.cta.domain.Scenario;
import io.cta.domain.State;
import io.cta.server.store.DocumentWrite;

/**
 * An execution that is to be created.
 *
 * @param reservation written before everything else, or null
 */
public record ExecutionStart(AskedExecution asked, DocumentWrite reservation) {
  /** The answer to a start: an execution, unless the reservation was taken already. */
  public record Reply(AskedExecution execution, boolean reservationTaken) {}

  public static ExecutionStart of(ExecutionSpec spec, DocumentWrite reservation) {
    return new ExecutionStart(new AskedExecution(fresh(spec), spec), reservation);
  }

  /** The execution as it is before anything has happened to it. */
  static Execution fresh(ExecutionSpec spec) {
    Scenario scenario = spec.snapshot().scenario();
    return ExecutionBuilder.builder()
        .id(spec.id())
        .scenarioId(scenario.id())
        .scenarioName(scenario.name())
        .mode(spec.snapshot().configuration().mode())
        .group(scenario.group())
        .priority(scenario.priority())
        .state(State.PENDING)
        .requestedBy(spec.requestedBy())
        .requestedAt(spec.requestedAt())
        .running(scenario.timeouts().running().duration())
        .rerunOf(spec.rerunOf())
        .resolving(spec.resolvedInputs().isEmpty() && InputPins.needed(spec.snapshot().inputs()))
        .resolvedInputs(spec.resolvedInputs())
        .source(spec.source())
        .after(AfterOutcome.waiting(scenario.after()))
        .report(ExecutionReport.waiting(scenario.report()))
        .reportDue(scenario.report() == null ? null : spec.requestedAt())
        .chain(spec.chain())
        .build();
  }
}
