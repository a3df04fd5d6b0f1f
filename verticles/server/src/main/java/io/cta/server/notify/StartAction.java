package io.cta.server.notify;

import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterOutcomeBuilder;
import io.cta.domain.AfterStart;
import io.cta.domain.AfterState;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionChain;
import io.cta.domain.IdGenerator;
import io.cta.server.after.HandlerText;
import io.cta.server.executions.ScenarioStartRequest;
import io.cta.server.executions.ScenarioStartRequestBuilder;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Starts the scenario of a handler, once however often it is asked. */
final class StartAction {
  private final StoreRepositories stores;
  private final ScenarioStarter starter;
  private final Clock clock;

  StartAction(StoreRepositories stores, ScenarioStarter starter, Clock clock) {
    this.stores = stores;
    this.starter = starter;
    this.clock = clock;
  }

  Future<AfterOutcome> carryOut(
      Execution execution, AfterOutcome outcome, AfterStart start, String link) {
    ScenarioStartRequest request = request(execution, outcome.handler(), start, link);
    // the scenario may have been deleted since an earlier try
    return stores
        .executions
        .find(request.executionId())
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(request.executionId())
                    : starter.start(request))
        .map(
            id ->
                AfterOutcomeBuilder.builder(
                        outcome.now(
                            AfterState.DONE, "started " + start.scenario(), clock.instant()))
                    .executionId(id)
                    .build());
  }

  private static ScenarioStartRequest request(
      Execution execution, int handler, AfterStart start, String link) {
    Map<String, String> parameters = new LinkedHashMap<>();
    start
        .parameters()
        .forEach((name, text) -> parameters.put(name, HandlerText.of(text, execution, link)));
    String ref = start.ref() == null ? "" : HandlerText.of(start.ref(), execution, link).strip();
    return ScenarioStartRequestBuilder.builder()
        .executionId(
            IdGenerator.derived(execution.finishedAt(), execution.id() + " starts " + handler))
        .scenario(start.scenario())
        .parameters(parameters)
        .requestedBy("after " + execution.scenarioName())
        .ref(ref.isEmpty() ? null : ref)
        .source(execution.source())
        .chain(
            new ExecutionChain(
                ExecutionChain.root(execution),
                execution.id(),
                handler,
                ExecutionChain.depth(execution.chain()) + 1))
        .build();
  }
}
