package io.cta.server.dispatch;

import io.cta.domain.Attempt;
import io.cta.domain.Task;
import io.cta.state.Phase;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A task on the board. Event loop of its verticle only. */
final class Ticket {
  private static final long LONG_AGO = TimeUnit.DAYS.toNanos(1);

  final Run run;
  Task task;

  /** The machine whose slot is kept for it while a group queue has it. */
  String reserved;

  /** True from the decision to release it until the store has said yes or no. */
  boolean releasing;

  /** When it was last put on a queue by this process, by the ticker; long ago for never. */
  long sentAt;

  /** When it came here, by the ticker. */
  final long since;

  /** Since when the machine that it was released to has been away, by the ticker; or null. */
  Long awaySince;

  /** How often its current attempt was sent again. */
  int sends;

  /** How the board has it filed; null while it is not. */
  Phase filed;

  /** Whose slot it is filed to take, or null. */
  String holder;

  Ticket(Run run, Task task, long nanos) {
    this.run = run;
    this.task = task;
    this.since = nanos;
    this.sentAt = nanos - LONG_AGO;
  }

  Phase phase() {
    Phase phase = Phase.of(task);
    return phase == Phase.WAITING && releasing ? Phase.RELEASED : phase;
  }

  String holderNow() {
    return switch (phase()) {
      case RELEASED -> task.machineId() == null ? reserved : task.machineId();
      case ACKED, RUNNING, CANCELLING -> task.machineId();
      case WAITING, ENDED, OVER -> null;
    };
  }

  /** Machines where an attempt of it broke, and the one that turned it down last. */
  Set<String> avoided() {
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
