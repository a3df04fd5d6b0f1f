package io.cta.message;

/** Words for why an attempt broke, as far as the server acts on them. */
public final class AttemptReasons {
  /** An input could not be fetched: the place it comes from is to blame, not the machine. */
  public static final String FETCH_FAILED = "fetchFailed";

  /** The machine was not heard for a lease: it, or the way to it, is to blame. */
  public static final String MACHINE_LOST = "machineLost";

  /**
   * As machineLost, and its agent came back and said that the machine had slept: nobody's fault.
   */
  public static final String SUSPENDED = "suspended";

  private AttemptReasons() {}
}
