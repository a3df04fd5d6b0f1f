package io.cta.bus;

/**
 * Every event-bus address of the server. Requests are answered, by a service of the same node;
 * announcements are published after the change is in the store, and cross to the other nodes of a
 * cluster, if there is one. They may get lost on the way: the store has what they say.
 */
public final class BusAddresses {
  /** Request, {@code Envelope} of {@code cta.registration}; answered once it is processed. */
  public static final String REGISTRATION_RECEIVE = "cta.registration.receive";

  /**
   * Request, {@code Envelope} of states, results and logs; answered once it is in the store. One
   * address per partition: see {@link #tracking(int)}.
   */
  private static final String TRACKING_RECEIVE = "cta.tracking.receive.";

  /**
   * Request, {@link ExecutionRef}: a task of it was counted again after its end; answered once the
   * execution says the same. See {@link #aggregation(int)}.
   */
  private static final String AGGREGATION_RECOUNT = "cta.aggregation.recount.";

  /** Request, {@link ExecutionRef}: a cancel is in the store, carry it out. */
  public static final String DISPATCH_CANCEL = "cta.dispatch.cancel";

  /** Request, {@link MachineCommand}: put a message on a machine's queue. */
  public static final String DISPATCH_COMMAND = "cta.dispatch.command";

  /**
   * Into how many slots executions fall, so that who announces a change need not know how many
   * partitions there are.
   */
  static final int SLOTS = 256;

  /**
   * Request, a {@link LocalMessage} of an execution to store and start; answered with another one
   * once it is stored.
   */
  public static final String DISPATCH_START = "cta.dispatch.start";

  /** Request, {@link ExecutionRef}: plan an execution that was stored. Answered at once. */
  public static final String DISPATCH_PLAN = "cta.dispatch.plan";

  /** Announcement, {@link TaskChanged}; see {@link ChangeFeed}. */
  public static final String TASK_CHANGED = "cta.task.changed";

  /** Announcement, {@link ExecutionChanged}: it is known now what its inputs are. */
  public static final String INPUTS_RESOLVED = "cta.execution.inputs-resolved";

  /** Announcement, {@link ExecutionChanged}; see {@link ChangeFeed}. */
  public static final String EXECUTION_CHANGED = "cta.execution.changed";

  /**
   * Within a node, {@link ExecutionRef}: an execution is over and its after-handlers are to be
   * carried out. The store says so too, by a marker on the execution.
   */
  public static final String AFTER_DUE = "cta.after.due";

  /** Within a node, a delivery's id as a String: it is in the store and to be sent. */
  public static final String DELIVERY_DUE = "cta.delivery.due";

  /** Announcement, {@link MachineChanged}. */
  public static final String MACHINE_CHANGED = "cta.machine.changed";

  /**
   * Announcement, the machine's id as a String: people changed or deleted it in the store, and
   * registration, which holds it in memory, must read it again. It announces MACHINE_CHANGED then.
   */
  public static final String MACHINE_EDITED = "cta.machine.edited";

  /** Announcement, {@link MachineHeard}: a node has taken a message of a machine's agent. */
  public static final String MACHINE_HEARD = "cta.machine.heard";

  /**
   * Announcement, the machine's id as a String: a node has not heard of it for a lease. A node that
   * has answers with MACHINE_HEARD.
   */
  public static final String MACHINE_MISSED = "cta.machine.missed";

  /** Announcement, {@link IdentityRefused}, to registration of the same node. */
  public static final String IDENTITY_REFUSED = "cta.identity.refused";

  /**
   * Announcement, the machine's id as a String, to registration of the same node: two agents may
   * have the machine's secret, and the one that speaks for it is to get a new one.
   */
  public static final String SECRET_SHARED = "cta.secret.shared";

  /**
   * Request, {@link SessionQuery}: fails with CONFLICT when another session speaks for the machine,
   * as far as this node has heard.
   */
  public static final String SESSION_CLAIM = "cta.session.claim";

  /** Announcement, {@link DispatchRequest}, to the node that has the duty of dispatching. */
  public static final String DISPATCH_CALLED = "cta.dispatch.called";

  /** Announcement, {@link StatusesStored}. */
  public static final String STATUSES_STORED = "cta.statuses.stored";

  /** Announcement, {@link LogStored}. */
  public static final String LOG_STORED = "cta.log.stored";

  /**
   * Within a node, the other node's id as a String: announcements of it were lost on their way
   * here.
   */
  public static final String NEWS_MISSED = "cta.news.missed";

  /** Within a node, its host as a String: its port is open, from now on agents are heard. */
  public static final String SERVER_OPENED = "cta.server.opened";

  /**
   * Within a node, by how many milliseconds its wall clock was set, as a Long: what is stored of
   * times to come is to be written anew.
   */
  public static final String WALL_CLOCK_STEPPED = "cta.clock.stepped";

  /** Between nodes, {@code Buffer}s: announcements, many at a time. */
  public static final String NEWS = "cta.news";

  /** Prefix of the browser feed: {@code live.fleet}, {@code live.executions}, … */
  public static final String LIVE = "live.";

  private BusAddresses() {}

  /** The address of the tracking partition; {@code partition} counts from 0. */
  public static String tracking(int partition) {
    return TRACKING_RECEIVE + partition;
  }

  /** The address of the aggregation partition; {@code partition} counts from 0. */
  public static String aggregation(int partition) {
    return AGGREGATION_RECOUNT + partition;
  }

  /** Between nodes, request, {@link SessionQuery}, to the gateway of that node. */
  public static String door(String nodeId) {
    return "cta.door." + nodeId;
  }

  /** The partition, of {@code partitions}, that owns an execution. */
  public static int partition(String executionId, int partitions) {
    return slot(executionId) % partitions;
  }

  /** The slot of an execution, from 0 to {@link #SLOTS} - 1; a partition owns many slots. */
  static int slot(String executionId) {
    return Math.floorMod(executionId.hashCode(), SLOTS);
  }
}
