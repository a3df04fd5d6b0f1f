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

  private Duration skew = Duration.ZERO;
  private Duration suspended = Duration.ZERO;
  private long suspendedAt;

  /**
   * A message of now has come.
   *
   * @param agentMillis the machine's wall clock, 0 when it did not say
   */
  void heard(long agentMillis, Instant now, long nanos) {
    Duration differs =
        agentMillis == 0 ? Duration.ZERO : Duration.between(now, Instant.ofEpochMilli(agentMillis));
    if (differs.abs().compareTo(SKEW) <= 0) {
      skew = Duration.ZERO;
    } else if (skew.minus(differs).abs().compareTo(CHANGED) > 0) {
      skew = differs;
    }
    if (nanos - suspendedAt > SHOWN.toNanos()) {
      suspended = Duration.ZERO;
    }
  }

  void suspended(Duration length, long nanos) {
    suspended = length;
    suspendedAt = nanos;
  }

  /** For people, in full sentences' parts; the same list while nothing changes. */
  List<String> texts() {
    List<String> out = new ArrayList<>();
    if (!skew.isZero()) {
      String way = skew.isNegative() ? "behind" : "ahead of";
      out.add("its clock is " + skew.abs().toSeconds() + " s " + way + " the server's");
    }
    if (!suspended.isZero()) {
      out.add("was suspended for " + suspended.toSeconds() + " s");
    }
    return out;
  }
}
