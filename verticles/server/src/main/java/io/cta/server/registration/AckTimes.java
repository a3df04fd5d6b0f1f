package io.cta.server.registration;

import io.cta.domain.Task;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Remembers when this server learned of each task's ack, because a heartbeat that arrives now may
 * have been sent before an ack that arrived just before. No I/O; one thread only.
 */
final class AckTimes {
  private static final Duration SETTLING = Duration.ofSeconds(2);

  private final Map<String, Ack> acks = new HashMap<>();

  private record Ack(int attempt, long atNanos) {}

  void changed(Task task, long nanos) {
    Ack known = acks.get(task.id());
    if (!TaskReconciler.heldByAgent(task)) {
      acks.remove(task.id());
    } else if (known == null || known.attempt() != task.attempt()) {
      acks.put(task.id(), new Ack(task.attempt(), nanos));
    }
  }

  /** True when every heartbeat that arrives now was sent after the ack. */
  boolean settled(Task task, long nanos) {
    Ack ack = acks.get(task.id());
    return ack != null
        && ack.attempt() == task.attempt()
        && nanos - ack.atNanos() >= SETTLING.toNanos();
  }
}
