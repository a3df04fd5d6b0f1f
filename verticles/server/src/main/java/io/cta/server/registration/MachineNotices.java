package io.cta.server.registration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Notices for people about a machine's time: its clock is off, it was suspended. They affect no
 * decision. Event loop of its verticle only.
 */
final class MachineNotices {
  /** Clocks that differ by no more than this get no notice. */
  static final Duration TOLERATED_SKEW = Duration.ofSeconds(30);

  /** The notice is updated only when the skew has changed by more: message delays vary. */
  static final Duration SKEW_CHANGE = Duration.ofSeconds(5);

  /** How long a suspension is shown. */
  static final Duration SHOWN = Duration.ofHours(1);

  private static final String SUSPENDED_PREFIX = "was suspended for ";

  private Duration skew = Duration.ZERO;
  private String suspension;
  private long suspensionNanos;
  private String expired;

  /**
   * Updates the skew from a current message.
   *
   * @param agentMillis the machine's wall clock; 0 if unknown
   */
  void heard(long agentMillis, Instant now) {
    Duration differs =
        agentMillis == 0 ? Duration.ZERO : Duration.between(now, Instant.ofEpochMilli(agentMillis));
    if (differs.abs().compareTo(TOLERATED_SKEW) <= 0) {
      skew = Duration.ZERO;
    } else if (skew.minus(differs).abs().compareTo(SKEW_CHANGE) > 0) {
      skew = differs;
    }
  }

  void suspended(Duration length, long nanos) {
    suspension = SUSPENDED_PREFIX + length.toSeconds() + " s";
    suspensionNanos = nanos;
    expired = null;
  }

  /**
   * The notices to show now.
   *
   * @param known the notices in the document; another node may have added a suspension
   */
  List<String> texts(List<String> known, long nanos) {
    String stored =
        known.stream().filter(t -> t.startsWith(SUSPENDED_PREFIX)).findFirst().orElse(null);
    if (suspension == null && stored != null && !stored.equals(expired)) {
      suspension = stored;
      suspensionNanos = nanos;
    }
    if (suspension != null && nanos - suspensionNanos > SHOWN.toNanos()) {
      expired = suspension;
      suspension = null;
    }
    List<String> out = new ArrayList<>();
    if (!skew.isZero()) {
      String way = skew.isNegative() ? "behind" : "ahead of";
      out.add("its clock is " + skew.abs().toSeconds() + " s " + way + " the server's");
    }
    if (suspension != null) {
      out.add(suspension);
    }
    return out;
  }
}
