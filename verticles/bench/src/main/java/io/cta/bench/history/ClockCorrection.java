package io.cta.bench.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * When a stamp of a server was made by the right time. Where a wall clock was wrong meanwhile it
 * can have been made at several times, all of them within the run; the benefit of the doubt is
 * given.
 */
final class ClockCorrection {
  /** A clock that is set is seen so much later at most. */
  private static final Duration SEEN = Duration.ofSeconds(2);

  /** An execution is answered so long after its first stamp at most. */
  private static final Duration ANSWERED = Duration.ofMinutes(1);

  private final List<OutagePeriod> wrong;
  private final Instant begin;
  private final Instant end;

  ClockCorrection(RunHistory history) {
    wrong = history.outages().stream().filter(o -> !o.ahead().isZero()).toList();
    begin =
        history.asked().stream()
            .map(one -> one.at().minus(ANSWERED))
            .min(Instant::compareTo)
            .orElse(Instant.MIN);
    end = history.readAt();
  }

  Instant earliest(Instant stamp) {
    return candidates(stamp).min(Instant::compareTo).orElse(stamp);
  }

  Instant latest(Instant stamp) {
    return candidates(stamp).max(Instant::compareTo).orElse(stamp);
  }

  private Stream<Instant> candidates(Instant stamp) {
    return Stream.concat(
            Stream.of(stamp),
            wrong.stream()
                .filter(o -> o.holds(stamp.minus(o.ahead()), SEEN))
                .map(o -> stamp.minus(o.ahead())))
        .filter(at -> wrong.isEmpty() || !at.isBefore(begin) && !at.isAfter(end));
  }
}
