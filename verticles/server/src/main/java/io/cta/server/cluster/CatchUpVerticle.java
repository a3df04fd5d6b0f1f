package io.cta.server.cluster;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ChangeFeed;
import io.cta.bus.EventOrigin;
import io.cta.bus.ExecutionChanged;
import io.cta.bus.MachineChanged;
import io.cta.bus.TaskChanged;
import io.cta.domain.Execution;
import io.cta.domain.Task;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StateFilters;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repairs missed announcements: scans the store, compares versions with those that were announced,
 * and announces on this node every change it has not heard of. Consumers need no repair logic of
 * their own. Deploy it before the verticles that consume announcements.
 */
public final class CatchUpVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(CatchUpVerticle.class);
  private static final int PAGE = 1_000;

  private final StoreRepositories stores;
  private final Duration pause;
  private final VersionTracker tasks = new VersionTracker();
  private final VersionTracker executions = new VersionTracker();
  private final VersionTracker machines = new VersionTracker();
  private List<MissedChangeScanner> scanners;
  private boolean scanning;
  private boolean hurry;

  /**
   * @param pause between two pages of the scan
   */
  public CatchUpVerticle(StoreRepositories stores, Duration pause) {
    this.stores = stores;
    this.pause = pause;
  }

  @Override
  public Future<?> start() {
    BusAdapter.<TaskChanged>hear(
        vertx, BusAddresses.TASK_CHANGED, c -> heard(c.task(), c.version()));
    BusAdapter.<ExecutionChanged>hear(
        vertx, BusAddresses.EXECUTION_CHANGED, c -> heard(c.execution(), c.version()));
    BusAdapter.<MachineChanged>hear(
        vertx,
        BusAddresses.MACHINE_CHANGED,
        c -> machines.heard(c.machine().id(), c.version(), false));
    BusAdapter.<String>hear(vertx, BusAddresses.NEWS_MISSED, node -> hurry = true);
    scanners =
        List.of(
            new MissedChangeScanner(stores.documents, tasks(), tasks, this::lateTask),
            new MissedChangeScanner(
                stores.documents, executions(), executions, this::lateExecution),
            new MissedChangeScanner(stores.documents, machines(), machines, this::lateMachine));
    vertx.setPeriodic(pause.toMillis(), t -> step());
    return step();
  }

  private static DocumentQuery tasks() {
    return DocumentQuery.of(StoreCollections.TASKS, StateFilters.ACTIVE, PAGE)
        .omitting("testIds", "attemptTestIds", "attempts", "counts", "waitReason", "token");
  }

  private static DocumentQuery executions() {
    return DocumentQuery.of(StoreCollections.EXECUTIONS, StateFilters.ACTIVE, PAGE)
        .omitting("counts");
  }

  private static DocumentQuery machines() {
    return DocumentQuery.of(StoreCollections.MACHINES, DocumentFilter.ALL, PAGE)
        .omitting("properties", "facts", "labels", "groups", "healthNote");
  }

  private void heard(Task task, long version) {
    tasks.heard(task.id(), version, task.state().terminal());
  }

  private void heard(Execution execution, long version) {
    executions.heard(execution.id(), version, execution.state().terminal());
  }

  private Future<Void> step() {
    if (scanning) {
      return Future.succeededFuture();
    }
    scanning = true;
    List<Future<Boolean>> steps = scanners.stream().map(MissedChangeScanner::step).toList();
    return Future.join(steps)
        .onComplete(done -> scanning = false)
        .onSuccess(
            done -> {
              boolean ended = steps.stream().allMatch(Future::result);
              if (hurry && !ended) {
                step();
              }
              hurry = hurry && !ended;
            })
        .onFailure(e -> log.warn("scanning the store for missed changes failed", e))
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
                  s -> passOn(BusAddresses.TASK_CHANGED, new TaskChanged(s.value(), s.version())));
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
                          BusAddresses.EXECUTION_CHANGED,
                          new ExecutionChanged(s.value(), s.version())));
              return null;
            });
  }

  /** Makes registration, which owns machines, read the machine again and announce it. */
  private Future<Void> lateMachine(String id) {
    return stores
        .machines
        .find(id)
        .map(
            found -> {
              if (found.isEmpty()) {
                machines.heard(id, 0, true);
              }
              passOn(BusAddresses.MACHINE_EDITED, id);
              return null;
            });
  }

  private void passOn(String address, Object body) {
    log.debug("missed change found in the store [address: {}]", address);
    ChangeFeed.passOn(vertx, address, body, EventOrigin.STORE);
  }
}
