package io.cta.agent.fetch;

import io.cta.time.MonotonicClock;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reports how far a long download has come: after ten seconds, and then twice a minute. One thread
 * only.
 */
final class DownloadProgress {
  private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long NEXT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final String what;
  private final Consumer<String> say;
  private final MonotonicClock ticker;
  private long due;
  private long before;
  private long total = -1;

  DownloadProgress(String what, Consumer<String> say, MonotonicClock ticker) {
    this.what = what;
    this.say = say;
    this.ticker = ticker;
    this.due = ticker.nanos() + FIRST_NANOS;
  }

  /**
   * @param already bytes that were there before this request
   * @param expected bytes of the whole file, or −1 when nobody knows
   */
  void begin(long already, long expected) {
    before = already;
    total = expected;
  }

  /**
   * @param bytes of this request
   */
  void received(long bytes) {
    long now = ticker.nanos();
    if (now - due >= 0) {
      due = now + NEXT_NANOS;
      String of = total < 0 ? "" : " of " + (total >> 20);
      say.accept(
          "cta: fetching " + UrlSecrets.hidden(what) + ": " + (before + bytes >> 20) + of + " MB");
    }
  }
}
