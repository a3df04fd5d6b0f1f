package io.cta.server.dispatch;

import io.cta.bus.LocalMessage;
import io.cta.domain.AskedExecution;
import io.cta.domain.Task;
import io.cta.server.dispatch.scheduling.ExecutionEntry;
import io.cta.server.dispatch.scheduling.ExecutionPlanner;
import io.cta.server.dispatch.scheduling.SchedulingState;
import io.cta.server.dispatch.scheduling.TaskEntry;
import io.cta.server.dispatch.scheduling.TaskScheduler;
import io.cta.server.dispatch.scheduling.TestHistory;
import io.cta.server.executions.ExecutionCreator;
import io.cta.server.executions.ExecutionCreator.Creation;
import io.cta.server.executions.ExecutionStart;
import io.cta.server.store.ReservationTaken;
import io.cta.server.tasks.TaskWriter;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts a new execution with one write. It plans the tasks and releases those for which there is a
 * free slot before anything is stored. Event loop of its verticle only.
 */
final class ExecutionStartHandler {
  /** Hears how the write of an execution ended. */
  interface Listener {
    /** The tasks are stored and announced. */
    void started(ExecutionEntry executionEntry);

    /** The write failed, and the slots that were kept for it are free again. */
    void freed();
  }

  private final SchedulingState schedulingState;
  private final ExecutionCreator creator;
  private final TaskWriter writer;
  private final TaskReleaser releaser;
  private final PlanningQueue planning;
  private final TestHistoryLoader testHistoryLoader;
  private final TimeSource time;
  private final Listener listener;

  ExecutionStartHandler(
      SchedulingState schedulingState,
      ExecutionCreator creator,
      TaskWriter writer,
      TaskReleaser releaser,
      PlanningQueue planning,
      TestHistoryLoader testHistoryLoader,
      TimeSource time,
      Listener listener) {
    this.schedulingState = schedulingState;
    this.creator = creator;
    this.writer = writer;
    this.releaser = releaser;
    this.planning = planning;
    this.testHistoryLoader = testHistoryLoader;
    this.time = time;
    this.listener = listener;
  }

  /** Completes once the execution is stored; without room for its tasks it is planned later. */
  Future<LocalMessage> start(ExecutionStart start) {
    AskedExecution asked = start.asked();
    Future<Creation> created =
        planning.hasRoom()
            ? testHistoryLoader.of(asked.execution()).compose(history -> planned(start, history))
            : later(start);
    return created
        .map(creation -> new ExecutionStart.Reply(creation.asked(), false))
        .recover(
            e ->
                e instanceof ReservationTaken
                    ? Future.succeededFuture(new ExecutionStart.Reply(null, true))
                    : Future.failedFuture(e))
        .map(LocalMessage::new);
  }

  private Future<Creation> later(ExecutionStart start) {
    return creator
        .create(start, List.of())
        .onSuccess(creation -> planning.add(creation.asked().id()));
  }

  private Future<Creation> planned(ExecutionStart start, TestHistory history) {
    AskedExecution asked = start.asked();
    if (schedulingState.execution(asked.id()) != null) {
      return later(start);
    }
    ExecutionEntry entry = schedulingState.open(asked);
    List<Task> tasks =
        ExecutionPlanner.plan(
            asked, entry.pool, schedulingState.fleet.traits(), history, time.now());
    if (tasks.isEmpty() || tasks.size() > PlanningQueue.SLICE) {
      schedulingState.close(entry);
      return later(start);
    }
    tasks.forEach(schedulingState::put);
    Map<TaskEntry, Task> released = release(entry);
    entry.unstored = true;
    Map<String, Task> changed = new HashMap<>();
    released.values().forEach(task -> changed.put(task.id(), task));
    List<Task> first = tasks.stream().map(t -> changed.getOrDefault(t.id(), t)).toList();
    return creator
        .create(start, first)
        .onSuccess(
            creation -> {
              if (creation.created()) {
                entry.unstored = false;
                entry.complete = true;
                writer.inserted(first);
                released.forEach(releaser::begin);
                listener.started(entry);
              } else {
                giveUp(entry);
                planning.add(asked.id());
              }
            })
        .onFailure(e -> giveUp(entry));
  }

  /**
   * Releases what the scheduler decides now. Returns the released tasks of this execution, which
   * must be stored first; releases of others are carried out at once.
   */
  private Map<TaskEntry, Task> release(ExecutionEntry entry) {
    Map<TaskEntry, Task> own = new LinkedHashMap<>();
    for (TaskScheduler.Release release :
        TaskScheduler.decide(schedulingState, time.nanos(), ReleasePass.LIMIT)) {
      if (release.entry().executionEntry == entry) {
        own.put(release.entry(), releaser.released(release));
      } else {
        releaser.release(release);
      }
    }
    return own;
  }

  private void giveUp(ExecutionEntry entry) {
    schedulingState.close(entry);
    listener.freed();
  }
}
