package io.cta.server.cron;

import io.cta.domain.CronRule;
import io.cta.error.ServiceFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The instants at which something fires. Immutable. */
public interface FireTimes {
  /** The times of a rule; throws INVALID, naming the field, for a wrong one. */
  static FireTimes of(CronRule rule) {
    if ((rule.cron() == null) == (rule.at() == null)) {
      throw ServiceFailure.invalid("cron", "is required, or at, and not both");
    }
    return rule.at() == null ? CronTimes.of(rule.cron(), rule.zone()) : once(rule.at());
  }

  private static FireTimes once(Instant at) {
    return instant -> at.isAfter(instant) ? Optional.of(at) : Optional.empty();
  }

  /** The first instant after the given one; empty when there is none. */
  Optional<Instant> after(Instant instant);

  /** True when the instant is one of them. */
  default boolean includes(Instant instant) {
    return after(instant.minusMillis(1)).filter(instant::equals).isPresent();
  }

  /** The next instants after one, at most so many. */
  default List<Instant> next(Instant instant, int max) {
    List<Instant> out = new ArrayList<>();
    Optional<Instant> at = after(instant);
    while (at.isPresent() && out.size() < max) {
      out.add(at.get());
      at = after(at.get());
    }
    return out;
  }
}
