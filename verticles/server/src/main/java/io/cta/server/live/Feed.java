package io.cta.server.live;

import io.cta.bus.ExecutionChanged;
import io.cta.bus.LogStored;
import io.cta.bus.MachineChanged;
import io.cta.bus.StatusesStored;
import io.cta.bus.TaskChanged;
import io.cta.domain.Execution;
import io.cta.domain.LogChunk;
import io.cta.domain.Task;
import io.cta.time.Ticker;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which announcement is shown on which topic. The feed's event loop only. */
final class Feed {
  private static final int LOGS = 500;

  private final Channels channels;
  private final StoredThings stored;
  private final Activity activity = new Activity();
  private final Map<Topic, LogText> logs = new LinkedHashMap<>();
  // null once the tasks of before are known
  private Set<String> early = new HashSet<>();

  Feed(Vertx vertx, LiveLimits limits, StoredThings stored, Ticker ticker) {
    this.stored = stored;
    channels = new Channels(vertx, limits, ticker, this::joined);
  }

  Channels channels() {
    return channels;
  }

  void heard(MachineChanged change) {
    String id = change.machine().id();
    if (activity.isGone(id)) {
      return;
    }
    if (change.deleted()) {
      // people may write the same note, and then the machine is there
      stored.hasMachine(id).onSuccess(found -> lost(id, found));
    }
    boolean moved = activity.heard(change);
    channels
        .watched(Topic.FLEET)
        .ifPresent(
            fleet -> {
              fleet.offer("machines", id, change.version(), Views.machine(change.machine()));
              if (moved) {
                fleet.offer("activity", id, activity.view(id));
              }
            });
  }

  private void lost(String machineId, boolean found) {
    if (!found) {
      activity.forget(machineId);
      channels
          .watched(Topic.FLEET)
          .ifPresent(fleet -> fleet.offer("gone", machineId, Views.id(machineId)));
    }
  }

  void heard(TaskChanged change) {
    Task task = change.task();
    if (early != null) {
      early.add(task.id());
    }
    busy(task);
    channels
        .watched(Topic.execution(task.executionId()))
        .ifPresent(c -> c.offer("tasks", task.id(), change.version(), Views.task(task)));
  }

  /** The tasks that were at work at start-up, as far as nothing newer was heard of them. */
  void recovered(List<Task> tasks) {
    tasks.stream().filter(task -> !early.contains(task.id())).forEach(this::busy);
    early = null;
  }

  private void busy(Task task) {
    for (String machineId : activity.heard(task)) {
      channels
          .watched(Topic.FLEET)
          .ifPresent(fleet -> fleet.offer("activity", machineId, activity.view(machineId)));
    }
  }

  void heard(ExecutionChanged change) {
    Execution execution = change.execution();
    show(Topic.EXECUTIONS, change);
    show(Topic.execution(execution.id()), change);
  }

  void heard(StatusesStored stored) {
    channels
        .watched(Topic.execution(stored.executionId()))
        .ifPresent(
            c -> stored.statuses().forEach(s -> c.offer("statuses", s.id(), Views.status(s))));
  }

  void heard(LogStored stored) {
    LogChunk chunk = stored.chunk();
    Topic topic = Topic.log(chunk.taskId());
    LogText log = logs.remove(topic);
    channels
        .watched(topic)
        .ifPresent(
            c -> {
              LogText reader = log == null ? new LogText() : log;
              keep(topic, reader);
              c.show(LiveMessage.log(topic, reader.read(chunk)));
            });
  }

  /** Something that was to be shown was not heard of: viewers read again. */
  void missed() {
    channels.all().forEach(Channel::resync);
  }

  private void show(Topic topic, ExecutionChanged change) {
    channels
        .watched(topic)
        .ifPresent(
            c ->
                c.offer(
                    "executions",
                    change.execution().id(),
                    change.version(),
                    Views.execution(change.execution())));
  }

  /**
   * A new viewer of the fleet is told at once what no REST view has; one of something that is not
   * there is told so, and hears of it all the same should it come.
   */
  private void joined(Topic topic, Viewer viewer) {
    stored
        .has(topic)
        .onSuccess(
            found -> {
              if (!found && viewer.topics().contains(topic)) {
                viewer.show(LiveMessage.absent(topic));
              }
            });
    if (topic.equals(Topic.FLEET)) {
      Pending all = new Pending(Integer.MAX_VALUE);
      activity.machineIds().forEach(id -> all.offer("activity", id, activity.view(id)));
      if (!all.isEmpty()) {
        all.take().ifPresent(data -> viewer.show(LiveMessage.delta(topic, data)));
      }
    }
  }

  private void keep(Topic topic, LogText log) {
    logs.put(topic, log);
    if (logs.size() > LOGS) {
      logs.remove(logs.keySet().iterator().next());
    }
  }
}
