package io.cta.server.registration;

import io.cta.domain.Health;
import io.cta.domain.Machine;
import java.time.Duration;
import java.time.Instant;

/**
 * The circuit breaker of a machine: three infrastructure failures in a row quarantine it for a
 * minute, each further one for twice as long, up to an hour, until it finishes a task. What people
 * decided about the machine stays: only an active one is quarantined, only the breaker's own
 * quarantine is lifted.
 */
final class MachineCircuitBreaker {
  static final int FAILURES = 3;
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final int MAX_DOUBLINGS = 6;
  private static final Duration LONGEST = Duration.ofHours(1);

  private MachineCircuitBreaker() {}

  /** An attempt broke on it. */
  static Machine failed(Machine m, Instant now) {
    int inRow = m.failuresInRow() + 1;
    if (inRow < FAILURES || m.health() != Health.ACTIVE) {
      return new MachineEdit(m).failures(inRow, m.quarantines()).done();
    }
    Instant until = now.plus(length(m.quarantines()));
    String note = inRow + " infrastructure failures in a row";
    return new MachineEdit(m)
        .failures(inRow, m.quarantines() + 1)
        .health(Health.QUARANTINED, note, until)
        .done();
  }

  /** It finished a task: all is forgiven. Answers the same instance when nothing was. */
  static Machine finished(Machine m) {
    if (m.failuresInRow() == 0 && m.quarantines() == 0) {
      return m;
    }
    MachineEdit edit = new MachineEdit(m).failures(0, 0);
    return (own(m) ? edit.health(Health.ACTIVE, null, null) : edit).done();
  }

  /** So many of the failures were nobody's. Answers the same instance when there are none. */
  static Machine forgiven(Machine m, int failures) {
    int left = Math.max(0, m.failuresInRow() - failures);
    if (left == m.failuresInRow()) {
      return m;
    }
    boolean lifts = own(m) && left < FAILURES;
    MachineEdit edit =
        new MachineEdit(m)
            .failures(left, lifts ? Math.max(0, m.quarantines() - 1) : m.quarantines());
    return (lifts ? edit.health(Health.ACTIVE, null, null) : edit).done();
  }

  /** Its time is over: it may try again. Answers the same instance when none is the breaker's. */
  static Machine lifted(Machine m) {
    return own(m) ? new MachineEdit(m).health(Health.ACTIVE, null, null).done() : m;
  }

  /** The wall clock was set: the same quarantine ends then. */
  static Machine ending(Machine m, Instant until) {
    return own(m) ? new MachineEdit(m).health(m.health(), m.healthNote(), until).done() : m;
  }

  /** True while it is the breaker that keeps the machine away. */
  static boolean own(Machine m) {
    return m.health() == Health.QUARANTINED && m.quarantinedUntil() != null;
  }

  /** How long a quarantine lasts after so many others in a row. */
  static Duration length(int before) {
    Duration length = FIRST.multipliedBy(1L << Math.min(Math.max(0, before), MAX_DOUBLINGS));
    return length.compareTo(LONGEST) > 0 ? LONGEST : length;
  }
}
