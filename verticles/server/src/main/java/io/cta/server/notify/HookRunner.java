package io.cta.server.notify;

import io.cta.domain.HookBuilder;
import io.cta.domain.HookEvent;
import io.cta.domain.HookEvent.HookStart;
import io.cta.domain.HookEventBuilder;
import io.cta.domain.HookEventHookStartBuilder;
import io.cta.error.ServiceFailure;
import io.cta.server.executions.ScenarioStartRequest;
import io.cta.server.executions.ScenarioStartRequestBuilder;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts what a stored call of a hook wants. The ids of the executions are in the call, so whoever
 * repeats this, after a crash or on another node, starts nothing twice. Event loop of its verticle
 * only.
 */
final class HookRunner {
  private final StoreRepositories stores;
  private final ScenarioStarter starter;

  HookRunner(StoreRepositories stores, ScenarioStarter starter) {
    this.stores = stores;
    this.starter = starter;
  }

  /**
   * Fails when something that may pass is in the way.
   *
   * @param lastTry true to give up what is in the way
   */
  Future<Void> run(String eventId, boolean lastTry) {
    return stores
        .hookEvents
        .find(eventId)
        .compose(
            found ->
                found.isEmpty() || found.get().value().due() == null
                    ? Future.succeededFuture()
                    : started(found.get(), lastTry));
  }

  private Future<Void> started(VersionedEntity<HookEvent> found, boolean lastTry) {
    HookEvent event = found.value();
    List<HookStart> done = new ArrayList<>();
    Future<Void> each = Future.succeededFuture();
    for (HookStart start : event.starts()) {
      each =
          each.compose(v -> start(event, start, lastTry))
              .map(
                  outcome -> {
                    done.add(outcome);
                    return null;
                  });
    }
    return each.compose(
            v ->
                stores.hookEvents.update(
                    event.id(),
                    found,
                    now -> HookEventBuilder.builder(now).starts(done).due(null).build()))
        .compose(v -> told(event, done));
  }

  private Future<HookStart> start(HookEvent event, HookStart start, boolean lastTry) {
    return stores
        .executions
        .find(start.executionId())
        .compose(
            known ->
                known.isPresent()
                    ? Future.succeededFuture(known.get().value().id())
                    : starter.start(request(event, start)))
        .map(start)
        .recover(
            e ->
                e instanceof ServiceFailure known && (lastTry || !known.code().passes())
                    ? Future.succeededFuture(
                        HookEventHookStartBuilder.builder(start).problem(said(known)).build())
                    : Future.failedFuture(e));
  }

  private static String said(ServiceFailure e) {
    return e.field() == null ? e.getMessage() : e.field() + " " + e.getMessage();
  }

  private static ScenarioStartRequest request(HookEvent event, HookStart start) {
    return ScenarioStartRequestBuilder.builder()
        .executionId(start.executionId())
        .scenario(start.scenario())
        .parameters(start.parameters())
        .requestedBy("hook " + event.hookName())
        .ref(start.ref())
        .source(start.source())
        .report(start.report())
        .chain(start.chain())
        .build();
  }

  /** What could not be started is told where people look. */
  private Future<Void> told(HookEvent event, List<HookStart> done) {
    return done.stream()
        .filter(start -> start.problem() != null)
        .findFirst()
        .map(
            failed ->
                stores
                    .hooks
                    .update(
                        event.hookId(),
                        hook ->
                            HookBuilder.builder(hook)
                                .lastOutcome(
                                    "not started: " + failed.scenario() + ": " + failed.problem())
                                .build())
                    .<Void>mapEmpty()
                    .otherwiseEmpty())
        .orElseGet(Future::succeededFuture);
  }
}
