package io.cta.server.registration;

/**
 * Tells late heartbeats from current ones. A persistent broker delivers all at once what it kept
 * while no server was running. Compares a machine's clock only with itself, so that clock may be
 * wrong. No I/O.
 */
final class LateHeartbeatDetector {
  /** Whether a heartbeat describes the present. */
  enum Freshness {
    /** It describes the present. */
    CURRENT,
    /** It describes the present, and the earlier ones did not. */
    CAUGHT_UP,
    /** It describes the past. */
    LATE
  }

  private static final long TOLERANCE_MILLIS = 2_000;
  private static final long IMPROVEMENT_MILLIS = 50;

  /** After a clock was set back, each heartbeat corrects this fraction (1/10) of the difference. */
  private static final long CORRECTION_DIVISOR = 10;

  /**
   * Two heartbeats are steady, that is not delayed, if they arrive at least this far apart and that
   * distance differs by less than this from the distance at which they were sent.
   */
  private static final long STEADY_MILLIS = 500;

  private long leastDifference = Long.MAX_VALUE;
  private long lastSent;
  private long lastHeard;

  /**
   * @param sent when it was sent, by the machine's clock in milliseconds; 0 if unknown
   * @param heard when it arrived, by the server's ticker in milliseconds
   */
  Freshness classify(long sent, long heard) {
    if (sent == 0) {
      return Freshness.CURRENT;
    }
    long difference = heard - sent;
    long sinceLast = heard - lastHeard;
    boolean steady =
        sinceLast >= STEADY_MILLIS && Math.abs(sinceLast - (sent - lastSent)) < STEADY_MILLIS;
    lastSent = sent;
    lastHeard = heard;
    if (leastDifference == Long.MAX_VALUE || difference < leastDifference - IMPROVEMENT_MILLIS) {
      leastDifference = difference;
      return Freshness.CAUGHT_UP;
    }
    if (difference > leastDifference + TOLERANCE_MILLIS) {
      if (steady) {
        leastDifference = difference; // its clock was set back
        return Freshness.CAUGHT_UP;
      }
      leastDifference += (difference - leastDifference) / CORRECTION_DIVISOR;
      return Freshness.LATE;
    }
    leastDifference = Math.min(leastDifference, difference);
    return Freshness.CURRENT;
  }
}
