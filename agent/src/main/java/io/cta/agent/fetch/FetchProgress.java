package io.cta.agent.fetch;

import io.cta.domain.Repository;
import io.cta.time.MonotonicClock;
import java.util.function.Consumer;

/**
 * Reports the progress of fetching once it takes long, so that quick fetching adds nothing to the
 * output. One thread only.
 */
final class FetchProgress {
  private final MonotonicClock ticker;
  private static final long QUIET_NANOS = 3_000_000_000L;

  private final int total;
  private final Consumer<String> say;
  private final long begin;
  private int begun;

  FetchProgress(int total, Consumer<String> say, MonotonicClock ticker) {
    this.ticker = ticker;
    this.begin = ticker.nanos();
    this.total = total;
    this.say = say;
  }

  /** The next input is fetched. */
  void next(Repository input) {
    begun++;
    if (ticker.nanos() - begin > QUIET_NANOS) {
      say("input " + begun + " of " + total + ": " + name(input));
    }
  }

  /** Reports something that will take long. */
  void say(String what) {
    say.accept("cta: fetching " + UrlSecrets.hidden(what));
  }

  private static String name(Repository input) {
    String place =
        input.artifact() != null
            ? input.artifact()
            : input.url() != null ? input.url() : input.path();
    return input.type() + " " + place;
  }
}
