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

/** Which announcement is shown on which topic. The feed's event loop only. */
final class LiveFeed {
  private static final int LOGS = 500;

  private final TopicRegistry channels;
  private final TopicExistenceCheck stored;
  private final MachineActivityTracker machineActivityTracker = new MachineActivityTracker();
  private final Map<LiveTopic, LogTextDecoder> logs = new LinkedHashMap<>();
  // null once the tasks of before are known
  private Set<String> early = new HashSet<>();

  LiveFeed(Vertx vertx, LiveLimits limits, TopicExistenceCheck stored, MonotonicClock ticker) {
    this.stored = stored;
    channels = new TopicRegistry(vertx, limits, ticker, this::joined);
  }

  TopicRegistry channels() {
    return channels;
  }

  void heard(MachineChanged change) {
    String id = change.machine().id();
    if (machineActivityTracker.isGone(id)) {
      return;
    }
    if (change.deleted()) {
      // people may write the same note, and then the machine is there
      stored.hasMachine(id).onSuccess(found -> lost(id, found));
    }
    boolean moved = machineActivityTracker.heard(change);
    channels
        .watched(LiveTopic.FLEET)
        .ifPresent(
            fleet -> {
              fleet.offer("machines", id, change.version(), MachineView.of(change.machine()));
              if (moved) {
                fleet.offer("activity", id, machineActivityTracker.view(id));
              }
            });
  }

  private void lost(String machineId, boolean found) {
    if (!found) {
      machineActivityTracker.forget(machineId);
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
    busy(task);
    channels
        .watched(LiveTopic.execution(task.executionId()))
        .ifPresent(c -> c.offer("tasks", task.id(), change.version(), LiveViewMapper.task(task)));
  }

  /** The tasks that were at work at start-up, as far as nothing newer was heard of them. */
  void recovered(List<Task> tasks) {
    tasks.stream().filter(task -> !early.contains(task.id())).forEach(this::busy);
    early = null;
  }

  private void busy(Task task) {
    for (String machineId : machineActivityTracker.heard(task)) {
      channels
          .watched(LiveTopic.FLEET)
          .ifPresent(
              fleet -> fleet.offer("activity", machineId, machineActivityTracker.view(machineId)));
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

  /** Something that was to be shown was not heard of: viewers read again. */
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
   * A new viewer of the fleet is told at once what no REST view has; one of something that is not
   * there is told so, and hears of it all the same should it come.
   */
  private void joined(LiveTopic topic, LiveViewer viewer) {
    stored
        .has(topic)
        .onSuccess(
            found -> {
              if (!found && viewer.topics().contains(topic)) {
                viewer.show(LiveMessage.absent(topic));
              }
            });
    if (topic.equals(LiveTopic.FLEET)) {
      DeltaBuffer all = new DeltaBuffer(Integer.MAX_VALUE);
      machineActivityTracker
          .machineIds()
          .forEach(id -> all.offer("activity", id, machineActivityTracker.view(id)));
      if (!all.isEmpty()) {
        all.take().ifPresent(data -> viewer.show(LiveMessage.delta(topic, data)));
      }
    }
  }

  private void keep(LiveTopic topic, LogTextDecoder log) {
    logs.put(topic, log);
    if (logs.size() > LOGS) {
      logs.remove(logs.keySet().iterator().next());
    }
  }
}
