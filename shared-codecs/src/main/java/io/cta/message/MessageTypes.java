package io.cta.message;

/** The types of envelopes. Events are past tense, commands imperative. */
public final class MessageTypes {
  /** To {@code cta.machine.<id>} or {@code cta.group.<executionId>}: {@link TaskRun}. */
  public static final String TASK_RUN = "task.run";

  /** To {@code cta.machine.<id>}: {@link TaskCancel}. */
  public static final String TASK_CANCEL = "task.cancel";

  /** To {@code cta.machine.<id>}: {@link TaskStartConfirmed}, in answer to {@link #TASK_ASKED}. */
  public static final String TASK_GO = "task.go";

  /** To {@code cta.machine.<id>}: {@link GroupQueueCommand}. */
  public static final String GROUP_JOIN = "group.join";

  /** To {@code cta.machine.<id>}: {@link GroupQueueCommand}; the group's queue will be deleted. */
  public static final String GROUP_LEAVE = "group.leave";

  /**
   * To {@code cta.machine.<id>}: {@link SecretRenew}; sent only to agents that know the command.
   */
  public static final String SECRET_RENEW = "secret.renew";

  /** To {@code cta.registration}: {@link MachineHello}. */
  public static final String MACHINE_REGISTERED = "machine.registered";

  /** To {@code cta.registration}: {@link MachineHeartbeat}. */
  public static final String MACHINE_HEARTBEAT = "machine.heartbeat";

  /** To {@code cta.registration}: {@link MachineGone}, sent by whoever held its connection. */
  public static final String MACHINE_GONE = "machine.gone";

  /** To {@code cta.states}: {@link TaskEvent}; the task is in the agent's journal. */
  public static final String TASK_ACKED = "task.acked";

  /**
   * To {@code cta.states}: {@link TaskStartRequested}; the task is in the agent's journal and
   * starts only once the server confirms that it is still wanted. Sent again until there is an
   * answer.
   */
  public static final String TASK_ASKED = "task.asked";

  /** To {@code cta.states}: {@link SourcesResolved}; its inputs are fetched. */
  public static final String SOURCES_RESOLVED = "sources.resolved";

  /** To {@code cta.states}: {@link TaskEvent}; its first process is about to start. */
  public static final String TASK_STARTED = "task.started";

  /** To {@code cta.states}: {@link TaskEnded}. */
  public static final String TASK_ENDED = "task.ended";

  /** To {@code cta.states}: {@link TaskEvent}; the agent did not take the task. */
  public static final String TASK_DECLINED = "task.declined";

  /** To {@code cta.results}: {@link StatusBatch}. */
  public static final String STATUSES_REPORTED = "statuses.reported";

  /** To {@code cta.logs}: {@link LogWritten}. */
  public static final String LOG_WRITTEN = "log.written";

  private MessageTypes() {}
}
