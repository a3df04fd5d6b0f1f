package io.cta.server.dispatch.scheduling;

import io.cta.domain.Attempt;
import io.cta.domain.Task;
import io.cta.state.TaskPhase;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A task as scheduling sees it. Event loop of its verticle only. */
public final class TaskEntry {
  private static final long LONG_AGO_NANOS = TimeUnit.DAYS.toNanos(1);

  public final ExecutionEntry executionEntry;
  public Task task;

  /** The machine whose slot is kept for it while it is on a group queue; null for none. */
  public String reserved;

  /** True from the decision to release it until the store has answered. */
  public boolean releasing;

  /** Ticker time in nanoseconds when this process last put it on a queue; a day ago for never. */
  public long sentAt;

  /** Ticker time in nanoseconds when it was added here. */
  public final long since;

  /**
   * Ticker time in nanoseconds since when the machine that it was released to is away; null while
   * it is there.
   */
  public Long awaySince;

  /** How many times its current attempt was sent again. */
  public int sends;

  /** The phase under which {@link SchedulingState} has it indexed; null while it has not. */
  TaskPhase filed;

  /** The machine whose slot is counted as taken by it, or null. */
  String holder;

  TaskEntry(ExecutionEntry executionEntry, Task task, long nanos) {
    this.executionEntry = executionEntry;
    this.task = task;
    this.since = nanos;
    this.sentAt = nanos - LONG_AGO_NANOS;
  }

  /** The task's phase, where a task that is being released counts as released. */
  TaskPhase phase() {
    TaskPhase phase = TaskPhase.of(task);
    return phase == TaskPhase.WAITING && releasing ? TaskPhase.RELEASED : phase;
  }

  /** The machine whose slot the task takes in its present phase, or null. */
  String holderNow() {
    return switch (phase()) {
      case RELEASED -> task.machineId() == null ? reserved : task.machineId();
      case ACKED, RUNNING, CANCELLING -> task.machineId();
      case WAITING, ENDED, OVER -> null;
    };
  }

  /** Machines on which an attempt broke, and the machine that declined it last. */
  public Set<String> avoided() {
    if (task.attempts().isEmpty() && task.declined() == null) {
      return Set.of();
    }
    Set<String> out = new HashSet<>();
    for (Attempt attempt : task.attempts()) {
      if (attempt.infra()) {
        out.add(attempt.machineId());
      }
    }
    if (task.declined() != null) {
      out.add(task.declined().machineId());
    }
    out.remove(null);
    return out;
  }
}
