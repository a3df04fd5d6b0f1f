package io.cta.message;

/** The reasons of broken attempts that the server acts on. */
public final class AttemptReasons {
  /** An input could not be fetched: its source is to blame, not the machine. */
  public static final String FETCH_FAILED = "fetchFailed";

  /**
   * The attempt has fetched other inputs than the first task of its execution: nobody is to blame.
   */
  public static final String INPUTS_DIFFER = "inputsDiffer";

  /** The agent declined the task because the machine's disk is low. */
  public static final String DISK_LOW = "diskLow";

  /** The machine's disk was full, but the test had not filled it: the machine is to blame. */
  public static final String DISK_FULL = "diskFull";

  /** The test filled the disk: once its workspace was deleted, there was space again. */
  public static final String DISK_FILLED = "diskFilled";

  /** Nothing was heard from the machine for a lease: it or its network is to blame. */
  public static final String MACHINE_LOST = "machineLost";

  /**
   * As {@link #MACHINE_LOST}, but the agent came back and said that the machine had been suspended:
   * nobody is to blame.
   */
  public static final String SUSPENDED = "suspended";

  private AttemptReasons() {}
}
