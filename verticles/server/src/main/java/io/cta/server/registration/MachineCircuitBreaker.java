package io.cta.server.registration;

import io.cta.domain.Health;
import io.cta.domain.Machine;
import java.time.Duration;
import java.time.Instant;

/**
 * The circuit breaker of a machine. Three infrastructure failures in a row quarantine it for a
 * minute, each further one for twice as long, up to an hour, until it finishes a task. It does not
 * override people: it quarantines only an active machine and lifts only its own quarantine. Pure.
 */
final class MachineCircuitBreaker {
  static final int MAX_FAILURES = 3;
  private static final Duration FIRST_QUARANTINE = Duration.ofMinutes(1);
  private static final int MAX_DOUBLINGS = 6;
  private static final Duration MAX_QUARANTINE = Duration.ofHours(1);

  private MachineCircuitBreaker() {}

  /** The machine after an infrastructure failure. */
  static Machine failed(Machine m, Instant now) {
    int inRow = m.failuresInRow() + 1;
    if (inRow < MAX_FAILURES || m.health() != Health.ACTIVE) {
      return new MachineEdit(m).failures(inRow, m.quarantines()).done();
    }
    Instant until = now.plus(length(m.quarantines()));
    String note = inRow + " infrastructure failures in a row";
    return new MachineEdit(m)
        .failures(inRow, m.quarantines() + 1)
        .health(Health.QUARANTINED, note, until)
        .done();
  }

  /** The machine after it finished a task, with no failures; the same instance if it had none. */
  static Machine finished(Machine m) {
    if (m.failuresInRow() == 0 && m.quarantines() == 0) {
      return m;
    }
    MachineEdit edit = new MachineEdit(m).failures(0, 0);
    return (ownsQuarantine(m) ? edit.health(Health.ACTIVE, null, null) : edit).done();
  }

  /** The machine with so many failures taken back; the same instance if nothing changes. */
  static Machine forgiven(Machine m, int failures) {
    int left = Math.max(0, m.failuresInRow() - failures);
    if (left == m.failuresInRow()) {
      return m;
    }
    boolean lifts = ownsQuarantine(m) && left < MAX_FAILURES;
    MachineEdit edit =
        new MachineEdit(m)
            .failures(left, lifts ? Math.max(0, m.quarantines() - 1) : m.quarantines());
    return (lifts ? edit.health(Health.ACTIVE, null, null) : edit).done();
  }

  /** The machine with the breaker's quarantine lifted; the same instance if it has none. */
  static Machine lifted(Machine m) {
    return ownsQuarantine(m) ? new MachineEdit(m).health(Health.ACTIVE, null, null).done() : m;
  }

  /** The machine with another end of its quarantine, after the wall clock was set. */
  static Machine quarantinedUntil(Machine m, Instant until) {
    return ownsQuarantine(m)
        ? new MachineEdit(m).health(m.health(), m.healthNote(), until).done()
        : m;
  }

  /** True while the breaker, not a person, has quarantined the machine. */
  static boolean ownsQuarantine(Machine m) {
    return m.health() == Health.QUARANTINED && m.quarantinedUntil() != null;
  }

  /** How long a quarantine lasts after so many earlier ones in a row. */
  static Duration length(int before) {
    Duration length =
        FIRST_QUARANTINE.multipliedBy(1L << Math.min(Math.max(0, before), MAX_DOUBLINGS));
    return length.compareTo(MAX_QUARANTINE) > 0 ? MAX_QUARANTINE : length;
  }
}
