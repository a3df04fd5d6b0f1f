package io.cta.bench.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** A time in which a part was dead or paused, and could do nothing. */
public record Outage(String part, Instant from, Instant to) {
  /** The time at which so long has passed, not counting what passed while any part was out. */
  static Instant after(List<Outage> outages, Instant from, Duration time) {
    Instant at = from;
    Duration left = time;
    for (Outage o : outages.stream().sorted(Comparator.comparing(Outage::from)).toList()) {
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
