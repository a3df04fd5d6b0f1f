package io.cta.server.registration;

import io.cta.bus.Origin;
import io.cta.domain.Machine;
import io.cta.domain.Task;
import io.cta.time.TimeSource;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the circuit breaker of each machine hear how its attempts ended, and lifts quarantines that
 * are over. Event loop of its verticle only.
 */
final class QuarantineKeeper {
  private static final Logger log = LoggerFactory.getLogger(QuarantineKeeper.class);

  private final MachineRecords records;
  private final InTurn inTurn;
  private final TimeSource time;
  private final Duration lease;

  QuarantineKeeper(MachineRecords records, InTurn inTurn, TimeSource time, Duration lease) {
    this.records = records;
    this.inTurn = inTurn;
    this.time = time;
    this.lease = lease;
  }

  /**
   * A task changed: if an attempt ended with that, it says something about its machine. The node
   * that wrote it counts it, so that a cluster counts it once.
   */
  void changed(Task before, Task now, Origin origin) {
    AttemptEnd end = origin == Origin.HERE ? AttemptEnd.of(before, now) : null;
    Seat seat = end == null ? null : records.seat(end.machineId());
    if (seat == null || !end.infra() && !end.finished()) {
      return;
    }
    if (end.infra()) {
      seat.blamedWhileSilent += seat.silent(time.nanos(), lease) ? 1 : 0;
      change(seat, m -> Breaker.failed(m, time.now()));
    } else if (seat.machine().failuresInRow() > 0 || seat.machine().quarantines() > 0) {
      change(seat, Breaker::finished);
    }
  }

  void liftThoseOver() {
    for (Seat seat : records.all()) {
      Duration left = seat.quarantineLeft(time);
      if (left != null && (left.isNegative() || left.isZero())) {
        change(seat, Breaker::lifted);
      }
    }
  }

  /** What is stored of a quarantine's end is to say again how long is left. */
  void clockWasSet() {
    for (Seat seat : records.all()) {
      Duration left = seat.quarantineLeft(time);
      if (left != null) {
        change(seat, m -> Breaker.ending(m, time.now().plus(left)));
      }
    }
  }

  private void change(Seat seat, UnaryOperator<Machine> change) {
    inTurn
        .then(seat.machine().id(), () -> records.change(seat, change))
        .onFailure(e -> log.warn("machine not stored [machine: {}]", seat.machine().id(), e));
  }
}
