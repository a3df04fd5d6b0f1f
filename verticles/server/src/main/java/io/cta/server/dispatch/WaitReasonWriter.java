package io.cta.server.dispatch;

import io.cta.server.dispatch.scheduling.ExecutionEntry;
import io.cta.server.dispatch.scheduling.SchedulingState;
import io.cta.server.dispatch.scheduling.TaskEntry;
import io.cta.server.dispatch.scheduling.WaitReasons;
import io.cta.server.dispatch.scheduling.WaitingLane;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.TaskFact;
import io.cta.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores why tasks wait: after they have waited for a moment, and when the reason changes. */
final class WaitReasonWriter {
  private static final Logger log = LoggerFactory.getLogger(WaitReasonWriter.class);

  /** A task that waits no longer than this gets no reason. */
  private static final Duration SHORT_WAIT = Duration.ofMillis(500);

  /** A machine that was sent a task should have answered after this time. */
  private static final Duration ANSWER_TIME = Duration.ofSeconds(5);

  private static final int MAX_WRITES_AT_ONCE = 300;
  private static final int MAX_TASKS_PER_ROUND = 50_000;

  private final SchedulingState schedulingState;
  private final TaskWriter writer;
  private final TimeSource time;
  private int underWay;

  WaitReasonWriter(SchedulingState schedulingState, TaskWriter writer, TimeSource time) {
    this.schedulingState = schedulingState;
    this.writer = writer;
    this.time = time;
  }

  void explain() {
    WaitReasons reasons = new WaitReasons(schedulingState, time.nanos());
    for (TaskEntry taskEntry : waiting(time.nanos())) {
      if (underWay >= MAX_WRITES_AT_ONCE) {
        return;
      }
      String reason = reasons.of(taskEntry);
      if (!reason.equals(taskEntry.task.waitReason())) {
        write(taskEntry, reason);
      }
    }
  }

  private List<TaskEntry> waiting(long now) {
    List<TaskEntry> out = new ArrayList<>();
    for (TaskEntry taskEntry : schedulingState.released()) {
      if (!taskEntry.releasing && unanswered(taskEntry, now)) {
        out.add(taskEntry);
      }
    }
    for (WaitingLane lane : schedulingState.lanes()) {
      for (ExecutionEntry executionEntry : lane.executions.values()) {
        for (TaskEntry taskEntry : executionEntry.waiting.values()) {
          if (out.size() >= MAX_TASKS_PER_ROUND) {
            return out;
          }
          if (now - taskEntry.since > SHORT_WAIT.toNanos()) {
            out.add(taskEntry);
          }
        }
      }
    }
    return out;
  }

  /** True when a released task has no machine to take it, or its machine does not answer. */
  private static boolean unanswered(TaskEntry taskEntry, long now) {
    return taskEntry.task.machineId() == null
        ? taskEntry.reserved == null
        : now - taskEntry.sentAt > ANSWER_TIME.toNanos();
  }

  private void write(TaskEntry taskEntry, String reason) {
    underWay++;
    writer
        .apply(taskEntry.task.id(), new TaskFact.Waiting(reason, time.now()))
        .onFailure(e -> log.debug("wait reason not stored [task: {}]", taskEntry.task.id(), e))
        .onComplete(v -> underWay--);
  }
}
