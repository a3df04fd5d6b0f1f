package io.cta.bench.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A period in which a part was dead or paused, or had a wrong clock.
 *
 * @param ahead how far the part's wall clock was ahead of the right time; zero if it was right
 */
public record OutagePeriod(String part, Instant from, Instant to, Duration ahead) {
  public OutagePeriod(String part, Instant from, Instant to) {
    this(part, from, to, Duration.ZERO);
  }

  /** Whether the time is in the period, or at most {@code later} after it. */
  boolean holds(Instant at, Duration later) {
    return !at.isBefore(from) && !at.isAfter(to.plus(later));
  }

  /** Returns when {@code time} has passed since {@code from}, not counting any outage. */
  static Instant after(List<OutagePeriod> outages, Instant from, Duration time) {
    Instant at = from;
    Duration left = time;
    for (OutagePeriod o :
        outages.stream().sorted(Comparator.comparing(OutagePeriod::from)).toList()) {
      if (!o.to.isAfter(at)) {
        continue;
      }
      if (o.from.isAfter(at)) {
        Duration free = Duration.between(at, o.from);
        if (free.compareTo(left) >= 0) {
          break;
        }
        left = left.minus(free);
      }
      at = o.to;
    }
    return at.plus(left);
  }
}
