package io.cta.bench.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A time in which a part was dead or paused, and could do nothing, or did not know the time.
 *
 * @param ahead of the right time was the part's wall clock by so much; zero when it was right
 */
public record OutagePeriod(String part, Instant from, Instant to, Duration ahead) {
  public OutagePeriod(String part, Instant from, Instant to) {
    this(part, from, to, Duration.ZERO);
  }

  /** Whether the time is in it, or so much later. */
  boolean holds(Instant at, Duration later) {
    return !at.isBefore(from) && !at.isAfter(to.plus(later));
  }

  /** The time at which so long has passed, not counting what passed while any part was out. */
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
