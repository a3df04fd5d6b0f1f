package io.cta.server.notify;

import io.cta.bus.ChangeFeed;
import io.cta.bus.ExecutionChanged;
import io.cta.domain.AfterHandler;
import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterState;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.error.ServiceFailure;
import io.cta.server.after.ConditionFacts;
import io.cta.server.after.HandlerCondition;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Carries out the handlers of one execution that is over: stores what was decided, acts, stores
 * what came of it and takes the marker away. Each step may be repeated, by any node. Event loop of
 * its verticle only.
 */
final class HandlerRunner {
  private final Vertx vertx;
  private final StoreRepositories stores;
  private final EventWriter events;
  private final PreviousExecution previous;
  private final StartAction starts;
  private final NotifyAction tells;
  private final BuildAction builds;
  private final PushAction pushes;
  private final ReportAction reports;
  private final WorkerExecutor conditions;
  private final Clock clock;

  /**
   * @param conditions see {@link io.cta.server.after.ConditionThread}
   */
  HandlerRunner(
      Vertx vertx,
      StoreRepositories stores,
      EventWriter events,
      ScenarioStarter starter,
      WorkerExecutor conditions,
      Clock clock) {
    this.vertx = vertx;
    this.stores = stores;
    this.events = events;
    this.conditions = conditions;
    this.clock = clock;
    previous = new PreviousExecution(stores);
    starts = new StartAction(stores, starter, clock);
    tells = new NotifyAction(stores, events, clock);
    builds = new BuildAction(stores, clock);
    pushes = new PushAction(stores, clock);
    reports = new ReportAction(stores, clock);
  }

  /**
   * Completes with the ids of the deliveries that are to be made; fails when something that may
   * pass was in the way.
   *
   * @param lastTry true to fail the handlers for which something is in the way
   */
  Future<List<String>> run(String executionId, boolean lastTry) {
    return stores
        .executions
        .find(executionId)
        .compose(
            found ->
                found.isEmpty() || found.get().value().afterDue() == null
                    ? Future.succeededFuture(List.of())
                    : stores
                        .specs
                        .get(executionId)
                        .map(spec -> spec.snapshot().scenario().after())
                        .compose(handlers -> run(found.get(), handlers, lastTry)));
  }

  private Future<List<String>> run(
      VersionedEntity<Execution> found, List<AfterHandler> handlers, boolean lastTry) {
    return decided(found, handlers)
        .compose(
            decided ->
                acted(decided.value(), handlers, lastTry)
                    .compose(acted -> finished(decided, acted)));
  }

  private Future<VersionedEntity<Execution>> decided(
      VersionedEntity<Execution> found, List<AfterHandler> handlers) {
    Execution execution = found.value();
    List<AfterHandler> open =
        execution.after().stream()
            .filter(outcome -> outcome.state() == AfterState.WAITING)
            .map(outcome -> handlers.get(outcome.handler()))
            .toList();
    if (open.isEmpty()) {
      return Future.succeededFuture(found);
    }
    boolean compare = open.stream().anyMatch(HandlerCondition::needsPrevious);
    Future<Optional<Execution>> before =
        compare ? previous.of(execution) : Future.succeededFuture(Optional.empty());
    return before
        .map(earlier -> new ConditionFacts(execution, earlier.map(Execution::result).orElse(null)))
        .compose(facts -> decide(execution, handlers, facts))
        .compose(
            outcomes ->
                changed(
                    found,
                    now -> ExecutionBuilder.builder(now).after(merged(now, outcomes)).build()));
  }

  private Future<List<AfterOutcome>> decide(
      Execution execution, List<AfterHandler> handlers, ConditionFacts facts) {
    boolean slow = handlers.stream().anyMatch(handler -> handler.when() != null);
    return slow
        ? conditions.executeBlocking(
            () -> HandlerDecision.decide(handlers, execution.after(), facts, clock.instant()),
            false)
        : Future.succeededFuture(
            HandlerDecision.decide(handlers, execution.after(), facts, clock.instant()));
  }

  /** Another node may have been faster: what it has decided stays. */
  private static List<AfterOutcome> merged(Execution now, List<AfterOutcome> outcomes) {
    List<AfterOutcome> out = new ArrayList<>();
    for (int i = 0; i < now.after().size(); i++) {
      AfterOutcome stored = now.after().get(i);
      out.add(stored.state() == AfterState.WAITING ? outcomes.get(i) : stored);
    }
    return out;
  }

  /** One after the other, in order; what fails in a way that may pass stays due. */
  private Future<List<AfterOutcome>> acted(
      Execution execution, List<AfterHandler> handlers, boolean lastTry) {
    List<AfterOutcome> out = new ArrayList<>();
    Future<Void> done = Future.succeededFuture();
    for (AfterOutcome outcome : execution.after()) {
      done =
          done.compose(
                  v ->
                      outcome.state() == AfterState.DUE
                          ? act(execution, outcome, handlers.get(outcome.handler()), lastTry)
                          : Future.succeededFuture(outcome))
              .map(
                  acted -> {
                    out.add(acted);
                    return null;
                  });
    }
    return done.map(out);
  }

  private Future<AfterOutcome> act(
      Execution execution, AfterOutcome outcome, AfterHandler handler, boolean lastTry) {
    return Future.succeededFuture()
        .compose(v -> carryOut(execution, outcome, handler))
        .recover(
            e -> {
              boolean passing = !(e instanceof ServiceFailure known) || known.code().passes();
              return Future.succeededFuture(
                  passing && !lastTry
                      ? outcome.now(AfterState.DUE, "not yet: " + e.getMessage(), outcome.at())
                      : outcome.now(AfterState.FAILED, e.getMessage(), clock.instant()));
            });
  }

  private Future<AfterOutcome> carryOut(
      Execution execution, AfterOutcome outcome, AfterHandler handler) {
    String link = events.link(execution);
    if (handler.start() != null) {
      return starts.carryOut(execution, outcome, handler.start(), link);
    }
    if (handler.build() != null) {
      return builds.carryOut(execution, outcome, handler.build(), link);
    }
    if (handler.push() != null) {
      return pushes.carryOut(execution, outcome, handler.push());
    }
    return handler.report() != null
        ? reports.carryOut(execution, outcome, handler.report(), link)
        : tells.carryOut(execution, outcome, handler.notification());
  }

  private Future<List<String>> finished(
      VersionedEntity<Execution> decided, List<AfterOutcome> acted) {
    return changed(decided, now -> finished(now, acted))
        .map(
            stored ->
                stored.value().after().stream()
                    .filter(outcome -> outcome.state() == AfterState.SENDING)
                    .flatMap(outcome -> outcome.deliveries().stream())
                    .toList());
  }

  private static Execution finished(Execution now, List<AfterOutcome> acted) {
    List<AfterOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < now.after().size(); i++) {
      boolean open = now.after().get(i).state().open();
      outcomes.add(open ? acted.get(i) : now.after().get(i));
    }
    boolean over = outcomes.stream().noneMatch(outcome -> outcome.state().open());
    boolean same = outcomes.equals(now.after()) && over == (now.afterDue() == null);
    return same
        ? now
        : ExecutionBuilder.builder(now)
            .after(outcomes)
            .afterDue(over ? null : now.afterDue())
            .build();
  }

  private Future<VersionedEntity<Execution>> changed(
      VersionedEntity<Execution> known, UnaryOperator<Execution> change) {
    return stores
        .executions
        .update(known.value().id(), known, change)
        .onSuccess(
            stored -> {
              if (stored.version() != known.version()) {
                ChangeFeed.announce(vertx, new ExecutionChanged(stored.value(), stored.version()));
              }
            });
  }
}
