package io.cta.bench.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Converts a server's timestamp to the right time. If a wall clock was wrong during the run, a
 * timestamp can belong to several times; the checks then take the one that is best for the server.
 */
final class ClockCorrection {
  /** A process sees a set clock at most this much later. */
  private static final Duration SEEN = Duration.ofSeconds(2);

  /**
   * The server answers the request for an execution at most this long after the execution's first
   * timestamp.
   */
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
