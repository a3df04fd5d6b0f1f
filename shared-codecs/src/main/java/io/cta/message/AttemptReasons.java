package io.cta.message;

/** Words for why an attempt broke, as far as the server acts on them. */
public final class AttemptReasons {
  /** An input could not be fetched: the place it comes from is to blame, not the machine. */
  public static final String FETCH_FAILED = "fetchFailed";

  /** A task was turned down as the machine's disk is low. */
  public static final String DISK_LOW = "diskLow";

  /** The machine's disk was full, and not by the test: the machine is to blame. */
  public static final String DISK_FULL = "diskFull";

  /** The test filled the disk: with its workspace gone there was room again. */
  public static final String DISK_FILLED = "diskFilled";

  /** The machine was not heard for a lease: it, or the way to it, is to blame. */
  public static final String MACHINE_LOST = "machineLost";

  /**
   * As machineLost, and its agent came back and said that the machine had slept: nobody's fault.
   */
  public static final String SUSPENDED = "suspended";

  private AttemptReasons() {}
}
