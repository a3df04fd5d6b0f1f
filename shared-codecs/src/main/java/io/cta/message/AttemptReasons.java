package io.cta.message;

/** Words of agents for why an attempt broke, as far as the server acts on them. */
public final class AttemptReasons {
  /** An input could not be fetched: the place it comes from is to blame, not the machine. */
  public static final String FETCH_FAILED = "fetchFailed";

  /** A task was turned down as the machine's disk is low. */
  public static final String DISK_LOW = "diskLow";

  /** The machine's disk was full, and not by the test: the machine is to blame. */
  public static final String DISK_FULL = "diskFull";

  /** The test filled the disk: with its workspace gone there was room again. */
  public static final String DISK_FILLED = "diskFilled";

  private AttemptReasons() {}
}
