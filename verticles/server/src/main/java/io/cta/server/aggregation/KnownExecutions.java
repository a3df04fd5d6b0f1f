package io.cta.server.aggregation;

import io.cta.bus.EventOrigin;
import io.cta.bus.ExecutionChanged;
import io.cta.bus.TaskChanged;
import io.cta.domain.Execution;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.VersionedEntity;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The executions in memory, and what announcements and finished updates mean for them: each method
 * says when the execution must be updated next. Those used least recently are forgotten, except
 * while they are being updated or marked for it. Pure; event loop of its verticle only.
 */
final class KnownExecutions {
  private final int max;
  private final UpdateQueue queue;
  private final Map<String, CachedExecution> known = new LinkedHashMap<>(64, 0.75f, true);

  /**
   * @param max executions to keep, besides those that are busy or marked in the queue
   */
  KnownExecutions(int max, UpdateQueue queue) {
    this.max = max;
    this.queue = queue;
  }

  /** The execution, made empty when it is not known. */
  CachedExecution get(String executionId) {
    return known.computeIfAbsent(executionId, k -> new CachedExecution());
  }

  boolean contains(String executionId) {
    return known.containsKey(executionId);
  }

  int size() {
    return known.size();
  }

  /** A task has changed. */
  UpdateTime heard(TaskChanged changed, EventOrigin origin) {
    get(changed.task().executionId())
        .task(new VersionedEntity<>(changed.task(), changed.version()));
    return origin == EventOrigin.ELSEWHERE ? UpdateTime.AFTER_OTHERS : UpdateTime.NOW;
  }

  /**
   * An execution has changed. Others change executions too: they plan them, cancel them, or update
   * them on another node.
   */
  UpdateTime heard(ExecutionChanged changed, EventOrigin origin) {
    String id = changed.execution().id();
    if (origin == EventOrigin.STORE) {
      get(id).outdated = true;
      return UpdateTime.NOW;
    }
    if (origin == EventOrigin.HERE && changed.version() == 1 && known.size() < max) {
      get(id).begin(version(changed));
      return UpdateTime.NEVER;
    }
    CachedExecution entry = known.get(id);
    if (entry == null) {
      return UpdateTime.NEVER;
    }
    return origin == EventOrigin.ELSEWHERE
        ? changedElsewhere(entry, changed)
        : changedHere(entry, changed);
  }

  private static UpdateTime changedHere(CachedExecution entry, ExecutionChanged changed) {
    if (changed.execution().state().terminal() || entry.hasVersion(changed.version())) {
      return UpdateTime.NEVER;
    }
    if (entry.loaded) {
      entry.execution(version(changed));
    } else {
      entry.outdated = true;
    }
    return UpdateTime.NOW;
  }

  private UpdateTime changedElsewhere(CachedExecution entry, ExecutionChanged changed) {
    String id = changed.execution().id();
    if (changed.execution().state().terminal() && !queue.isBusy(id)) {
      known.remove(id);
      queue.unmark(id);
    } else if (entry.loaded) {
      entry.execution(version(changed));
    }
    return UpdateTime.NEVER;
  }

  /** A delay is over: when to update now. */
  UpdateTime waited(String executionId, UpdateTime delay) {
    return delay == UpdateTime.AFTER_OTHERS && !contains(executionId)
        ? UpdateTime.NEVER
        : UpdateTime.NOW;
  }

  /** An update was carried out. */
  UpdateTime updated(String executionId, ExecutionUpdater.Outcome outcome) {
    queue.finished(executionId);
    if (outcome == ExecutionUpdater.Outcome.OVER) {
      known.remove(executionId);
    }
    forgetEldest();
    return outcome == ExecutionUpdater.Outcome.SOON ? UpdateTime.SOON : UpdateTime.NEVER;
  }

  /** An update failed: the execution is read anew next time, unless there is none. */
  UpdateTime failed(String executionId, Throwable cause) {
    queue.finished(executionId);
    known.remove(executionId);
    forgetEldest();
    return ServiceFailure.is(cause, ErrorCode.NOT_FOUND) ? UpdateTime.NEVER : UpdateTime.SOON;
  }

  private void forgetEldest() {
    Iterator<String> eldest = known.keySet().iterator();
    while (known.size() > max && eldest.hasNext()) {
      String id = eldest.next();
      if (!queue.isBusy(id) && !queue.isMarked(id)) {
        eldest.remove();
      }
    }
  }

  private static VersionedEntity<Execution> version(ExecutionChanged changed) {
    return new VersionedEntity<>(changed.execution(), changed.version());
  }
}
