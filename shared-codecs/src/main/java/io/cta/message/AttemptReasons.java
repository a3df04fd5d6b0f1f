package io.cta.message;

/** Words of agents for why an attempt broke, as far as the server acts on them. */
public final class AttemptReasons {
  /** An input could not be fetched: the place it comes from is to blame, not the machine. */
  public static final String FETCH_FAILED = "fetchFailed";

  private AttemptReasons() {}
}
