package io.cta.bus;

/**
 * Every event-bus address of the server. Requests are answered; announcements are published after
 * the change is in the store.
 */
public final class Addresses {
  /** Request, {@code Envelope} of {@code cta.registration}; answered once it is processed. */
  public static final String REGISTRATION_RECEIVE = "cta.registration.receive";

  /**
   * Request, {@code Envelope} of states, results and logs; answered once it is in the store. One
   * address per partition: see {@link #tracking(int)}.
   */
  private static final String TRACKING_RECEIVE = "cta.tracking.receive.";

  /** Request, {@link ExecutionRef}: plan it, or look at it again. Answered once noticed. */
  public static final String DISPATCH_WAKE = "cta.dispatch.wake";

  /** Request, {@link ExecutionRef}: a cancel is in the store, carry it out. */
  public static final String DISPATCH_CANCEL = "cta.dispatch.cancel";

  /** Request, {@link MachineCommand}: put a message on a machine's queue. */
  public static final String DISPATCH_COMMAND = "cta.dispatch.command";

  /** Announcement, {@link TaskChanged}. */
  public static final String TASK_CHANGED = "cta.task.changed";

  /** Announcement, {@link ExecutionChanged}. */
  public static final String EXECUTION_CHANGED = "cta.execution.changed";

  /** Announcement, {@link MachineChanged}. */
  public static final String MACHINE_CHANGED = "cta.machine.changed";

  /**
   * Announcement, the machine's id as a String: people changed or deleted it in the store, and
   * registration, which holds it in memory, must read it again. It announces MACHINE_CHANGED then.
   */
  public static final String MACHINE_EDITED = "cta.machine.edited";

  /** Announcement, {@link StatusesStored}. */
  public static final String STATUSES_STORED = "cta.statuses.stored";

  /** Announcement, {@link LogStored}. */
  public static final String LOG_STORED = "cta.log.stored";

  /** Prefix of the browser feed: {@code live.fleet}, {@code live.executions}, … */
  public static final String LIVE = "live.";

  private Addresses() {}

  /** The address of the tracking partition; {@code partition} counts from 0. */
  public static String tracking(int partition) {
    return TRACKING_RECEIVE + partition;
  }

  /** The partition, of {@code partitions}, that owns an execution. */
  public static int partition(String executionId, int partitions) {
    return Math.floorMod(executionId.hashCode(), partitions);
  }
}
