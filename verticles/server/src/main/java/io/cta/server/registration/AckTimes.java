package io.cta.server.registration;

import io.cta.domain.Task;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Since when this server has known that an agent has a task. A heartbeat may have been sent before
 * the ack that arrived just now. Pure; one thread only.
 */
final class AckTimes {
  private static final Duration SETTLING = Duration.ofSeconds(2);

  private final Map<String, Ack> acks = new HashMap<>();

  private record Ack(int attempt, long at) {}

  void changed(Task task, long nanos) {
    Ack known = acks.get(task.id());
    if (!TaskReconciler.atWork(task)) {
      acks.remove(task.id());
    } else if (known == null || known.attempt() != task.attempt()) {
      acks.put(task.id(), new Ack(task.attempt(), nanos));
    }
  }

  /** True when every heartbeat that arrives now was sent after the ack. */
  boolean settled(Task task, long nanos) {
    Ack ack = acks.get(task.id());
    return ack != null && ack.attempt() == task.attempt() && nanos - ack.at() >= SETTLING.toNanos();
  }
}
