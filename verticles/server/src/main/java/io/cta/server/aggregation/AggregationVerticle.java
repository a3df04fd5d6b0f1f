package io.cta.server.aggregation;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ChangeFeed;
import io.cta.bus.EventOrigin;
import io.cta.bus.ExecutionChanged;
import io.cta.bus.ExecutionRef;
import io.cta.bus.TaskChanged;
import io.cta.domain.Execution;
import io.cta.error.ErrorCode;
import io.cta.error.FailureLogLimiter;
import io.cta.error.ServiceFailure;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StateFilters;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.time.MonotonicClock;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the executions of one partition up to date; deploy one per partition. Changes that come
 * while an execution is being written are combined in the next write.
 */
public final class AggregationVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(AggregationVerticle.class);
  private static final int MAX_IN_FLIGHT = 64;
  private static final int MAX_KNOWN = 10_000;
  private static final int PAGE = 1_000;
  private static final long SOON_MILLIS = 250;
  private static final long AFTER_OTHERS_MILLIS = 500;

  private final int partition;
  private final int partitions;
  private final StoreRepositories stores;
  private final MonotonicClock ticker;
  private final Map<String, CachedExecution> known = new LinkedHashMap<>(64, 0.75f, true);
  private final Set<String> dirty = new LinkedHashSet<>();
  private final Set<String> busy = new HashSet<>();
  private final FailureLogLimiter failures = new FailureLogLimiter("the recomputing of executions");
  private ExecutionUpdater executionUpdater;
  private boolean woken;

  public AggregationVerticle(
      int partition, int partitions, StoreRepositories stores, MonotonicClock ticker) {
    this.partition = partition;
    this.partitions = partitions;
    this.stores = stores;
    this.ticker = ticker;
  }

  @Override
  public Future<?> start() {
    executionUpdater = new ExecutionUpdater(vertx, stores, ticker);
    ChangeFeed.hearTasks(vertx, partition, partitions, this::heardTask);
    ChangeFeed.hearExecutions(vertx, partition, partitions, this::heardExecution);
    BusAdapter.<ExecutionRef>serve(
        vertx,
        BusAddresses.aggregation(partition),
        ref -> executionUpdater.of(ref.executionId(), new CachedExecution()).map((Object) null));
    return stores.executions.each(
        DocumentQuery.of(StoreCollections.EXECUTIONS, StateFilters.ACTIVE, PAGE), this::found);
  }

  private void heardTask(TaskChanged changed, EventOrigin origin) {
    String id = changed.task().executionId();
    known(id).task(new VersionedEntity<>(changed.task(), changed.version()));
    if (origin == EventOrigin.ELSEWHERE) {
      // that node recomputes it; by then this one has heard the outcome and finds nothing to write
      vertx.setTimer(AFTER_OTHERS_MILLIS, t -> markKnown(id));
    } else {
      mark(id);
    }
  }

  /**
   * Others change executions too: they plan them, cancel them, or recompute them on another node.
   */
  private void heardExecution(ExecutionChanged changed, EventOrigin origin) {
    String id = changed.execution().id();
    if (origin == EventOrigin.STORE) {
      known(id).outdated = true;
      mark(id);
      return;
    }
    if (origin == EventOrigin.HERE && changed.version() == 1 && known.size() < MAX_KNOWN) {
      known(id).begin(new VersionedEntity<>(changed.execution(), 1));
      return;
    }
    CachedExecution entry = known.get(id);
    if (entry == null) {
      return;
    }
    if (origin == EventOrigin.ELSEWHERE) {
      recomputedElsewhere(entry, changed);
      return;
    }
    if (changed.execution().state().terminal()) {
      return;
    }
    if (entry.execution() == null || entry.execution().version() < changed.version()) {
      if (entry.loaded) {
        entry.execution(new VersionedEntity<>(changed.execution(), changed.version()));
      } else {
        entry.outdated = true;
      }
      mark(id);
    }
  }

  private void recomputedElsewhere(CachedExecution entry, ExecutionChanged changed) {
    String id = changed.execution().id();
    if (changed.execution().state().terminal() && !busy.contains(id)) {
      known.remove(id);
      dirty.remove(id);
    } else if (entry.loaded) {
      entry.execution(new VersionedEntity<>(changed.execution(), changed.version()));
    }
  }

  private void markKnown(String id) {
    if (known.containsKey(id)) {
      mark(id);
    }
  }

  private void found(VersionedEntity<Execution> stored) {
    if (mine(stored.value().id())) {
      mark(stored.value().id());
    }
  }

  private boolean mine(String executionId) {
    return BusAddresses.partition(executionId, partitions) == partition;
  }

  private CachedExecution known(String executionId) {
    return known.computeIfAbsent(executionId, k -> new CachedExecution());
  }

  private void mark(String executionId) {
    dirty.add(executionId);
    wake();
  }

  /** Changes of the same turn of the event loop cause one recompute. */
  private void wake() {
    if (!woken) {
      woken = true;
      context.runOnContext(
          v -> {
            woken = false;
            next();
          });
    }
  }

  private void next() {
    List<String> due = new ArrayList<>();
    Iterator<String> ids = dirty.iterator();
    while (ids.hasNext() && busy.size() < MAX_IN_FLIGHT) {
      String id = ids.next();
      if (busy.add(id)) {
        ids.remove();
        due.add(id);
      }
    }
    due.forEach(id -> executionUpdater.of(id, known(id)).onComplete(done -> settled(id, done)));
  }

  private void settled(String id, AsyncResult<ExecutionUpdater.Outcome> done) {
    busy.remove(id);
    ExecutionUpdater.Outcome outcome = done.result();
    Throwable cause = done.cause();
    if (cause != null) {
      known.remove(id);
      boolean gone = cause instanceof ServiceFailure f && f.code() == ErrorCode.NOT_FOUND;
      log.debug("execution not recomputed [execution: {}] [cause: {}]", id, cause.toString());
      failures.failed(cause);
      if (!gone) {
        again(id);
      }
    } else {
      failures.succeeded();
      if (outcome == ExecutionUpdater.Outcome.OVER) {
        known.remove(id);
      } else if (outcome == ExecutionUpdater.Outcome.SOON) {
        again(id);
      }
    }
    forgetEldest();
    if (!dirty.isEmpty()) {
      wake();
    }
  }

  private void again(String id) {
    vertx.setTimer(SOON_MILLIS, t -> mark(id));
  }

  private void forgetEldest() {
    Iterator<String> eldest = known.keySet().iterator();
    while (known.size() > MAX_KNOWN && eldest.hasNext()) {
      String id = eldest.next();
      if (!busy.contains(id) && !dirty.contains(id)) {
        eldest.remove();
      }
    }
  }
}
