package io.cta.server.tasks;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.EventOrigin;
import io.cta.bus.TaskChanged;
import io.cta.domain.Task;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StateFilters;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.state.TaskPhase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * All tasks that are not terminal, as this node knows them: loaded from the store at start, then
 * fed by TASK_CHANGED. One instance per verticle, event loop of its verticle only. What it returns
 * are live views: copy before doing something that changes tasks.
 */
public final class ActiveTasks {
  /** Called on each change. */
  @FunctionalInterface
  public interface Listener {
    /**
     * @param before the task as it was, null when it is new here
     * @param origin where the change was made
     */
    void changed(Task before, Task now, EventOrigin origin);
  }

  private static final int PAGE = 1_000;
  private static final int MAX_TERMINAL_VERSIONS = 10_000;

  private final Map<String, VersionedEntity<Task>> all = new LinkedHashMap<>();
  private final Map<String, Map<String, Task>> byMachine = new HashMap<>();
  private final Map<String, Map<String, Task>> byExecution = new HashMap<>();
  private final Map<String, Task> waiting = new LinkedHashMap<>();
  private final Map<String, Long> terminalVersions = new TerminalVersions();
  private final Listener listener;

  public ActiveTasks() {
    this((before, now, origin) -> {});
  }

  public ActiveTasks(Listener listener) {
    this.listener = listener;
  }

  /** Begins to listen, then loads; complete once both are done. */
  public Future<Void> start(Vertx vertx, StoreRepositories stores) {
    BusAdapter.<TaskChanged>hearFrom(
        vertx,
        BusAddresses.TASK_CHANGED,
        (changed, origin) -> put(changed.task(), changed.version(), origin));
    return stores.tasks.each(
        DocumentQuery.of(StoreCollections.TASKS, StateFilters.ACTIVE, PAGE),
        found -> put(found.value(), found.version(), EventOrigin.STORE));
  }

  public Task get(String taskId) {
    VersionedEntity<Task> found = all.get(taskId);
    return found == null ? null : found.value();
  }

  public int size() {
    return all.size();
  }

  /** Tasks bound to, released to or taken by a machine. */
  public Collection<Task> ofMachine(String machineId) {
    return byMachine.getOrDefault(machineId, Map.of()).values();
  }

  public Collection<Task> ofExecution(String executionId) {
    return byExecution.getOrDefault(executionId, Map.of()).values();
  }

  /** Tasks that are on no queue and may be put on one. */
  public Collection<Task> waiting() {
    return waiting.values();
  }

  private void put(Task task, long version, EventOrigin origin) {
    VersionedEntity<Task> known = all.get(task.id());
    if (known != null && known.version() >= version
        || terminalVersions.getOrDefault(task.id(), 0L) >= version) {
      return; // announcements of several event loops may overtake each other
    }
    Task before = known == null ? null : known.value();
    if (before != null) {
      unindex(before);
    }
    if (task.state().terminal()) {
      all.remove(task.id());
      terminalVersions.put(task.id(), version);
    } else {
      all.put(task.id(), new VersionedEntity<>(task, version));
      index(task);
    }
    listener.changed(before, task, origin);
  }

  private void index(Task task) {
    byExecution
        .computeIfAbsent(task.executionId(), k -> new LinkedHashMap<>())
        .put(task.id(), task);
    if (task.machineId() != null) {
      byMachine.computeIfAbsent(task.machineId(), k -> new LinkedHashMap<>()).put(task.id(), task);
    }
    if (TaskPhase.of(task) == TaskPhase.WAITING) {
      waiting.put(task.id(), task);
    }
  }

  private void unindex(Task task) {
    remove(byExecution, task.executionId(), task.id());
    remove(byMachine, Objects.requireNonNullElse(task.machineId(), ""), task.id());
    waiting.remove(task.id());
  }

  private static void remove(Map<String, Map<String, Task>> index, String key, String taskId) {
    index.computeIfPresent(
        key,
        (k, tasks) -> {
          tasks.remove(taskId);
          return tasks.isEmpty() ? null : tasks;
        });
  }

  /** The versions with which the last few tasks became terminal. */
  private static final class TerminalVersions extends LinkedHashMap<String, Long> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
      return size() > MAX_TERMINAL_VERSIONS;
    }
  }
}
