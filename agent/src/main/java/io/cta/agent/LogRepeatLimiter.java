package io.cta.agent;

/**
 * Says the same trouble again at growing pauses: the first time, the second, the fourth, and so on,
 * later every 64th time. Something new is said at once. Pure.
 */
final class LogRepeatLimiter {
  private static final int SELDOM = 64;

  private String text = "";
  private int times;

  /** Whether it is to be said now. */
  boolean says(String next) {
    if (!next.equals(text)) {
      text = next;
      times = 0;
    }
    times++;
    return Integer.bitCount(times) == 1 && times < SELDOM || times % SELDOM == 0;
  }

  /** It is over. */
  void over() {
    text = "";
    times = 0;
  }
}
