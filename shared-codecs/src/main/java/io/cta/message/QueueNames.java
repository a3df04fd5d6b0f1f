package io.cta.message;

/** The names of the broker's queues. */
public final class QueueNames {
  public static final String REGISTRATION = "cta.registration";
  public static final String STATES = "cta.states";
  public static final String RESULTS = "cta.results";
  public static final String LOGS = "cta.logs";
  public static final String DEAD_LETTER = "cta.dead-letter";

  private static final String MACHINE = "cta.machine.";
  private static final String GROUP = "cta.group.";

  private QueueNames() {}

  public static String machine(String machineId) {
    return MACHINE + machineId;
  }

  public static String group(String executionId) {
    return GROUP + executionId;
  }

  /** Whether it is the queue of a machine. */
  public static boolean isMachine(String queue) {
    return queue.startsWith(MACHINE);
  }

  /** The execution of a group queue's name, or null for any other queue. */
  public static String executionOf(String queue) {
    return queue.startsWith(GROUP) ? queue.substring(GROUP.length()) : null;
  }
}
