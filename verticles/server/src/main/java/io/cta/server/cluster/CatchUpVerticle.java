package io.cta.server.cluster;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.ExecutionChanged;
import io.cta.bus.MachineChanged;
import io.cta.bus.Origin;
import io.cta.bus.TaskChanged;
import io.cta.domain.Execution;
import io.cta.domain.Task;
import io.cta.server.store.Collections;
import io.cta.server.store.Filter;
import io.cta.server.store.Query;
import io.cta.server.store.StateFilters;
import io.cta.server.store.Stores;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Heals what announcements miss: compares the versions it has heard of with those in the store, and
 * announces on this node what nobody was heard saying. So everyone who learns from announcements
 * heals in the same way as it learns. To be deployed before those who learn.
 */
public final class CatchUpVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(CatchUpVerticle.class);
  private static final int PAGE = 1_000;

  private final Stores stores;
  private final Duration pause;
  private final Ledger tasks = new Ledger();
  private final Ledger executions = new Ledger();
  private final Ledger machines = new Ledger();
  private List<Walk> walks;
  private boolean walking;
  private boolean hurry;

  /**
   * @param pause between two pages
   */
  public CatchUpVerticle(Stores stores, Duration pause) {
    this.stores = stores;
    this.pause = pause;
  }

  @Override
  public Future<?> start() {
    Consumers.<TaskChanged>hear(vertx, Addresses.TASK_CHANGED, c -> heard(c.task(), c.version()));
    Consumers.<ExecutionChanged>hear(
        vertx, Addresses.EXECUTION_CHANGED, c -> heard(c.execution(), c.version()));
    Consumers.<MachineChanged>hear(
        vertx,
        Addresses.MACHINE_CHANGED,
        c -> machines.heard(c.machine().id(), c.version(), false));
    Consumers.<String>hear(vertx, Addresses.NEWS_MISSED, node -> hurry = true);
    walks =
        List.of(
            new Walk(stores.documents, tasks(), tasks, this::lateTask),
            new Walk(stores.documents, executions(), executions, this::lateExecution),
            new Walk(stores.documents, machines(), machines, this::lateMachine));
    vertx.setPeriodic(pause.toMillis(), t -> step());
    return step();
  }

  private static Query tasks() {
    return Query.of(Collections.TASKS, StateFilters.ACTIVE, PAGE)
        .omitting("testIds", "attemptTestIds", "attempts", "counts", "waitReason", "token");
  }

  private static Query executions() {
    return Query.of(Collections.EXECUTIONS, StateFilters.ACTIVE, PAGE)
        .omitting("snapshot", "counts");
  }

  private static Query machines() {
    return Query.of(Collections.MACHINES, Filter.ALL, PAGE)
        .omitting("properties", "facts", "labels", "groups", "healthNote");
  }

  private void heard(Task task, long version) {
    tasks.heard(task.id(), version, task.state().terminal());
  }

  private void heard(Execution execution, long version) {
    executions.heard(execution.id(), version, execution.state().terminal());
  }

  private Future<Void> step() {
    if (walking) {
      return Future.succeededFuture();
    }
    walking = true;
    List<Future<Boolean>> steps = walks.stream().map(Walk::step).toList();
    return Future.join(steps)
        .onComplete(done -> walking = false)
        .onSuccess(
            done -> {
              boolean ended = steps.stream().allMatch(Future::result);
              if (hurry && !ended) {
                step();
              }
              hurry = hurry && !ended;
            })
        .onFailure(e -> log.warn("the store was not looked through", e))
        .<Void>mapEmpty()
        .recover(e -> Future.succeededFuture());
  }

  private Future<Void> lateTask(String id) {
    return stores
        .tasks
        .find(id)
        .map(
            found -> {
              if (found.isEmpty()) {
                tasks.heard(id, 0, true);
              }
              found.ifPresent(
                  s -> passOn(Addresses.TASK_CHANGED, new TaskChanged(s.value(), s.version())));
              return null;
            });
  }

  private Future<Void> lateExecution(String id) {
    return stores
        .executions
        .find(id)
        .map(
            found -> {
              if (found.isEmpty()) {
                executions.heard(id, 0, true);
              }
              found.ifPresent(
                  s ->
                      passOn(
                          Addresses.EXECUTION_CHANGED,
                          new ExecutionChanged(s.value(), s.version())));
              return null;
            });
  }

  /** Registration, which owns machines, reads it again and says what it has become. */
  private Future<Void> lateMachine(String id) {
    return stores
        .machines
        .find(id)
        .map(
            found -> {
              if (found.isEmpty()) {
                machines.heard(id, 0, true);
              }
              passOn(Addresses.MACHINE_EDITED, id);
              return null;
            });
  }

  private void passOn(String address, Object body) {
    log.debug("found in the store, not heard of before [address: {}]", address);
    Consumers.passOn(vertx, address, body, Origin.STORE);
  }
}
