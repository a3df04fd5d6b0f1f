package io.cta.server.registration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What people should know of a machine's time: that its clock differs, that it slept. Nothing is
 * decided by it. Event loop of its verticle only.
 */
final class MachineNotices {
  /** Clocks that differ by no more are the same for people. */
  static final Duration SKEW = Duration.ofSeconds(30);

  /** A skew is said anew when it has changed by more; messages take their time. */
  static final Duration CHANGED = Duration.ofSeconds(5);

  /** How long a sleep is shown. */
  static final Duration SHOWN = Duration.ofHours(1);

  private static final String SLEPT = "was suspended for ";

  private Duration skew = Duration.ZERO;
  private String sleep;
  private long sleepSaidAt;
  private String forgotten;

  /**
   * A message of now has come.
   *
   * @param agentMillis the machine's wall clock, 0 when it did not say
   */
  void heard(long agentMillis, Instant now) {
    Duration differs =
        agentMillis == 0 ? Duration.ZERO : Duration.between(now, Instant.ofEpochMilli(agentMillis));
    if (differs.abs().compareTo(SKEW) <= 0) {
      skew = Duration.ZERO;
    } else if (skew.minus(differs).abs().compareTo(CHANGED) > 0) {
      skew = differs;
    }
  }

  void suspended(Duration length, long nanos) {
    sleep = SLEPT + length.toSeconds() + " s";
    sleepSaidAt = nanos;
    forgotten = null;
  }

  /**
   * For people.
   *
   * @param known what the machine's document says; another node may have heard of a sleep
   */
  List<String> texts(List<String> known, long nanos) {
    String stored = known.stream().filter(t -> t.startsWith(SLEPT)).findFirst().orElse(null);
    if (sleep == null && stored != null && !stored.equals(forgotten)) {
      sleep = stored;
      sleepSaidAt = nanos;
    }
    if (sleep != null && nanos - sleepSaidAt > SHOWN.toNanos()) {
      forgotten = sleep;
      sleep = null;
    }
    List<String> out = new ArrayList<>();
    if (!skew.isZero()) {
      String way = skew.isNegative() ? "behind" : "ahead of";
      out.add("its clock is " + skew.abs().toSeconds() + " s " + way + " the server's");
    }
    if (sleep != null) {
      out.add(sleep);
    }
    return out;
  }
}
