package io.cta.server.registration;

/**
 * Tells heartbeats that come late from those of now: a broker that remembers hands out, all at
 * once, what it kept while no server was there. A machine's clock is only ever compared with
 * itself, so it may be wrong. Pure.
 */
final class LateHeartbeatDetector {
  /** What a heartbeat is good for. */
  enum Freshness {
    /** It says what is so now. */
    NOW,
    /** It does, and those before it did not. */
    AT_LAST,
    /** It says what was so. */
    LATE
  }

  private static final long TOLERATED = 2_000;
  private static final long BETTER = 50;

  /** After a clock was set back this part of the difference is believed with each heartbeat. */
  private static final long SHARE = 10;

  /** Two heartbeats that are as far apart as they were sent come as they are sent. */
  private static final long STEADY = 500;

  private long least = Long.MAX_VALUE;
  private long lastSent;
  private long lastHeard;

  /**
   * @param sent by the machine's clock, in milliseconds; 0 when it did not say
   * @param heard by the server's ticker, in milliseconds
   */
  Freshness judge(long sent, long heard) {
    if (sent == 0) {
      return Freshness.NOW;
    }
    long difference = heard - sent;
    long apart = heard - lastHeard;
    boolean steady = apart >= STEADY && Math.abs(apart - (sent - lastSent)) < STEADY;
    lastSent = sent;
    lastHeard = heard;
    if (least == Long.MAX_VALUE || difference < least - BETTER) {
      least = difference;
      return Freshness.AT_LAST;
    }
    if (difference > least + TOLERATED) {
      if (steady) {
        least = difference; // its clock was set back
        return Freshness.AT_LAST;
      }
      least += (difference - least) / SHARE;
      return Freshness.LATE;
    }
    least = Math.min(least, difference);
    return Freshness.NOW;
  }
}
