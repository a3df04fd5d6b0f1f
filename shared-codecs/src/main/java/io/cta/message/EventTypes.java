package io.cta.message;

import java.util.Map;
import java.util.Set;

/** Which types of events each queue of the server takes. What is not here belongs on no queue. */
public final class EventTypes {
  private static final Map<String, Set<String>> BY_QUEUE =
      Map.of(
          Queues.REGISTRATION,
              Set.of(Types.MACHINE_REGISTERED, Types.MACHINE_HEARTBEAT, Types.MACHINE_GONE),
          Queues.STATES,
              Set.of(
                  Types.TASK_ACKED,
                  Types.TASK_ASKED,
                  Types.TASK_STARTED,
                  Types.TASK_ENDED,
                  Types.TASK_DECLINED),
          Queues.RESULTS, Set.of(Types.STATUSES_REPORTED),
          Queues.LOGS, Set.of(Types.LOG_WRITTEN));

  private EventTypes() {}

  /** True for the queues that agents publish to. */
  public static boolean isEventQueue(String queue) {
    return BY_QUEUE.containsKey(queue);
  }

  public static boolean taken(String queue, String type) {
    return BY_QUEUE.getOrDefault(queue, Set.of()).contains(type);
  }

  /** True when some queue takes the type. */
  public static boolean known(String type) {
    return BY_QUEUE.values().stream().anyMatch(types -> types.contains(type));
  }
}
