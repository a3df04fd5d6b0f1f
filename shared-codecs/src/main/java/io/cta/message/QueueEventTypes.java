package io.cta.message;

import java.util.Map;
import java.util.Set;

/** Which types of events each queue of the server takes. Other types belong on none of them. */
public final class QueueEventTypes {
  private static final Map<String, Set<String>> BY_QUEUE =
      Map.of(
          QueueNames.REGISTRATION,
              Set.of(
                  MessageTypes.MACHINE_REGISTERED,
                  MessageTypes.MACHINE_HEARTBEAT,
                  MessageTypes.MACHINE_GONE),
          QueueNames.STATES,
              Set.of(
                  MessageTypes.TASK_ACKED,
                  MessageTypes.TASK_ASKED,
                  MessageTypes.SOURCES_RESOLVED,
                  MessageTypes.TASK_STARTED,
                  MessageTypes.TASK_ENDED,
                  MessageTypes.TASK_DECLINED),
          QueueNames.RESULTS, Set.of(MessageTypes.STATUSES_REPORTED),
          QueueNames.LOGS, Set.of(MessageTypes.LOG_WRITTEN));

  private QueueEventTypes() {}

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
