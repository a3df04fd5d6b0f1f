package io.cta.server.tracking;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ChangeFeed;
import io.cta.bus.ExecutionChanged;
import io.cta.bus.ExecutionRef;
import io.cta.domain.Execution;
import io.cta.domain.Repository;
import io.cta.domain.ResolvedInput;
import io.cta.domain.State;
import io.cta.message.AttemptReasons;
import io.cta.server.executions.InputPins;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.state.TaskFact;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;

/**
 * Fixes what the inputs of an execution are: the first answer stays, by compare-and-set on the
 * execution. An attempt that has fetched something else is ended as a failure of the
 * infrastructure, so that none of its results count. Event loop of its verticle only.
 */
final class SourceRecorder {
  private final Vertx vertx;
  private final StoreRepositories stores;

  SourceRecorder(Vertx vertx, StoreRepositories stores) {
    this.vertx = vertx;
    this.stores = stores;
  }

  /** Completes once the answer is in the store; when it is not the first, nothing else counts. */
  Future<Void> record(TaskEvents taskEvents, Instant now) {
    if (taskEvents.sources == null) {
      return Future.succeededFuture();
    }
    AgentEvent.SourcesReported event = taskEvents.sources;
    List<ResolvedInput> inputs = event.inputs();
    return stores
        .specs
        .get(event.executionId())
        .compose(spec -> fix(event.executionId(), spec.snapshot().inputs(), inputs))
        .map(
            execution -> {
              if (!execution.resolvedInputs().equals(inputs)) {
                taskEvents.endInstead(new TaskEvents.PendingFact(event, differs(event, now), null));
              }
              return null;
            });
  }

  private Future<Execution> fix(
      String executionId, List<Repository> inputs, List<ResolvedInput> resolved) {
    return stores
        .executions
        .get(executionId)
        .compose(
            before ->
                stores
                    .executions
                    .update(executionId, before, e -> InputPins.fixed(e, inputs, resolved))
                    .map(after -> announced(before, after)));
  }

  private Execution announced(VersionedEntity<Execution> before, VersionedEntity<Execution> after) {
    if (after.version() > before.version()) {
      ExecutionChanged changed = new ExecutionChanged(after.value(), after.version());
      ChangeFeed.announce(vertx, changed);
      BusAdapter.announce(vertx, BusAddresses.INPUTS_RESOLVED, changed);
      if (after.value().reportDue() != null) {
        ExecutionRef ref = new ExecutionRef(after.value().id());
        BusAdapter.announce(vertx, BusAddresses.REPORT_DUE, ref);
      }
    }
    return after.value();
  }

  private static TaskFact differs(AgentEvent.SourcesReported event, Instant now) {
    return new TaskFact.Ended(
        event.attempt(),
        event.ref().token(),
        event.machineId(),
        State.FINISHED,
        0,
        true,
        AttemptReasons.INPUTS_DIFFER,
        now,
        "its inputs are not those that the first task of the execution was given",
        List.of());
  }
}
