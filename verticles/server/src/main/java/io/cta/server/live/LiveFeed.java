package io.cta.server.live;

import io.cta.bus.ExecutionChanged;
import io.cta.bus.LogStored;
import io.cta.bus.MachineChanged;
import io.cta.bus.StatusesStored;
import io.cta.bus.TaskChanged;
import io.cta.domain.Execution;
import io.cta.domain.LogChunk;
import io.cta.domain.Task;
import io.cta.server.view.definitions.MachineView;
import io.cta.server.view.live.GoneView;
import io.cta.time.MonotonicClock;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns announcements into the topics' messages. The feed's event loop only. */
final class LiveFeed {
  private static final int MAX_LOGS = 500;

  private final TopicRegistry channels;
  private final TopicExistenceCheck existence;
  private final MachineActivityTracker activity = new MachineActivityTracker();
  private final Map<LiveTopic, LogTextDecoder> logs = new LinkedHashMap<>();
  // tasks heard of before the stored ones were loaded; null after that
  private Set<String> early = new HashSet<>();

  LiveFeed(Vertx vertx, LiveLimits limits, TopicExistenceCheck existence, MonotonicClock ticker) {
    this.existence = existence;
    channels = new TopicRegistry(vertx, limits, ticker, this::joined);
  }

  TopicRegistry channels() {
    return channels;
  }

  void heard(MachineChanged change) {
    String id = change.machine().id();
    if (activity.isGone(id)) {
      return;
    }
    if (change.deleted()) {
      // people may announce the same though the machine still exists
      existence.hasMachine(id).onSuccess(found -> deleted(id, found));
    }
    boolean moved = activity.heard(change);
    channels
        .watched(LiveTopic.FLEET)
        .ifPresent(
            fleet -> {
              fleet.offer("machines", id, change.version(), MachineView.of(change.machine()));
              if (moved) {
                fleet.offer("activity", id, activity.view(id));
              }
            });
  }

  private void deleted(String machineId, boolean found) {
    if (!found) {
      activity.forget(machineId);
      channels
          .watched(LiveTopic.FLEET)
          .ifPresent(fleet -> fleet.offer("gone", machineId, new GoneView(machineId)));
    }
  }

  void heard(TaskChanged change) {
    Task task = change.task();
    if (early != null) {
      early.add(task.id());
    }
    trackActivity(task);
    channels
        .watched(LiveTopic.execution(task.executionId()))
        .ifPresent(c -> c.offer("tasks", task.id(), change.version(), LiveViewMapper.task(task)));
  }

  /** Takes in the tasks that were running at start-up, unless something newer was heard of them. */
  void recovered(List<Task> tasks) {
    tasks.stream().filter(task -> !early.contains(task.id())).forEach(this::trackActivity);
    early = null;
  }

  private void trackActivity(Task task) {
    for (String machineId : activity.heard(task)) {
      channels
          .watched(LiveTopic.FLEET)
          .ifPresent(fleet -> fleet.offer("activity", machineId, activity.view(machineId)));
    }
  }

  void heard(ExecutionChanged change) {
    Execution execution = change.execution();
    show(LiveTopic.EXECUTIONS, change);
    show(LiveTopic.execution(execution.id()), change);
  }

  void heard(StatusesStored stored) {
    channels
        .watched(LiveTopic.execution(stored.executionId()))
        .ifPresent(
            c ->
                stored
                    .statuses()
                    .forEach(s -> c.offer("statuses", s.id(), LiveViewMapper.status(s))));
  }

  void heard(LogStored stored) {
    LogChunk chunk = stored.chunk();
    LiveTopic topic = LiveTopic.log(chunk.taskId());
    LogTextDecoder log = logs.remove(topic);
    channels
        .watched(topic)
        .ifPresent(
            c -> {
              LogTextDecoder reader = log == null ? new LogTextDecoder() : log;
              keep(topic, reader);
              c.show(LiveMessage.log(topic, reader.read(chunk)));
            });
  }

  /** An announcement was lost: tells all viewers to read again. */
  void missed() {
    channels.all().forEach(TopicChannel::resync);
  }

  private void show(LiveTopic topic, ExecutionChanged change) {
    channels
        .watched(topic)
        .ifPresent(
            c ->
                c.offer(
                    "executions",
                    change.execution().id(),
                    change.version(),
                    LiveViewMapper.execution(change.execution())));
  }

  /**
   * Sends a new viewer of the fleet at once what no REST view has. Tells a viewer of something that
   * does not exist that it is absent; the viewer still hears of it if it comes later.
   */
  private void joined(LiveTopic topic, LiveViewer viewer) {
    existence
        .has(topic)
        .onSuccess(
            found -> {
              if (!found && viewer.topics().contains(topic)) {
                viewer.show(LiveMessage.absent(topic));
              }
            });
    if (topic.equals(LiveTopic.FLEET)) {
      DeltaBuffer all = new DeltaBuffer(Integer.MAX_VALUE);
      activity.machineIds().forEach(id -> all.offer("activity", id, activity.view(id)));
      if (!all.isEmpty()) {
        all.take().ifPresent(data -> viewer.show(LiveMessage.delta(topic, data)));
      }
    }
  }

  private void keep(LiveTopic topic, LogTextDecoder log) {
    logs.put(topic, log);
    if (logs.size() > MAX_LOGS) {
      logs.remove(logs.keySet().iterator().next());
    }
  }
}
