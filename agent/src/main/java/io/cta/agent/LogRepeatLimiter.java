package io.cta.agent;

/**
 * Limits how often the same text is logged: the first time, the second, the fourth and so on, later
 * every 64th time. A new text is logged at once. Pure.
 */
final class LogRepeatLimiter {
  private static final int LATER_INTERVAL = 64;

  private String text = "";
  private int times;

  /** Counts the text, and returns whether to log it this time. */
  boolean shouldLog(String next) {
    if (!next.equals(text)) {
      text = next;
      times = 0;
    }
    times++;
    return Integer.bitCount(times) == 1 && times < LATER_INTERVAL || times % LATER_INTERVAL == 0;
  }

  /** The trouble is over: any text counts as new. */
  void reset() {
    text = "";
    times = 0;
  }
}
