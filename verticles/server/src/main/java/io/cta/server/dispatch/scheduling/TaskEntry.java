package io.cta.server.dispatch.scheduling;

import io.cta.domain.Attempt;
import io.cta.domain.Task;
import io.cta.state.TaskPhase;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A task on the board. Event loop of its verticle only. */
public final class TaskEntry {
  private static final long LONG_AGO = TimeUnit.DAYS.toNanos(1);

  public final ExecutionEntry executionEntry;
  public Task task;

  /** The machine whose slot is kept for it while a group queue has it. */
  public String reserved;

  /** True from the decision to release it until the store has said yes or no. */
  public boolean releasing;

  /** When it was last put on a queue by this process, by the ticker; long ago for never. */
  public long sentAt;

  /** When it came here, by the ticker. */
  public final long since;

  /** Since when the machine that it was released to has been away, by the ticker; or null. */
  public Long awaySince;

  /** How often its current attempt was sent again. */
  public int sends;

  /** How the board has it filed; null while it is not. */
  TaskPhase filed;

  /** Whose slot it is filed to take, or null. */
  String holder;

  TaskEntry(ExecutionEntry executionEntry, Task task, long nanos) {
    this.executionEntry = executionEntry;
    this.task = task;
    this.since = nanos;
    this.sentAt = nanos - LONG_AGO;
  }

  TaskPhase phase() {
    TaskPhase phase = TaskPhase.of(task);
    return phase == TaskPhase.WAITING && releasing ? TaskPhase.RELEASED : phase;
  }

  String holderNow() {
    return switch (phase()) {
      case RELEASED -> task.machineId() == null ? reserved : task.machineId();
      case ACKED, RUNNING, CANCELLING -> task.machineId();
      case WAITING, ENDED, OVER -> null;
    };
  }

  /** Machines where an attempt of it broke, and the one that turned it down last. */
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
