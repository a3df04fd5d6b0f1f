package io.cta.server.registration;

import io.cta.bus.EventOrigin;
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
final class QuarantineHandler {
  private static final Logger log = LoggerFactory.getLogger(QuarantineHandler.class);

  private final MachineRegistry records;
  private final KeyedActionQueue keyedActionQueue;
  private final TimeSource time;
  private final Duration lease;

  QuarantineHandler(
      MachineRegistry records, KeyedActionQueue keyedActionQueue, TimeSource time, Duration lease) {
    this.records = records;
    this.keyedActionQueue = keyedActionQueue;
    this.time = time;
    this.lease = lease;
  }

  /**
   * A task changed: if an attempt ended with that, it says something about its machine. The node
   * that wrote it counts it, so that a cluster counts it once.
   */
  void changed(Task before, Task now, EventOrigin origin) {
    AttemptEnd end = origin == EventOrigin.HERE ? AttemptEnd.of(before, now) : null;
    MachineSession machineSession = end == null ? null : records.seat(end.machineId());
    if (machineSession == null || !end.infra() && !end.finished()) {
      return;
    }
    if (end.infra()) {
      machineSession.blamedWhileSilent += machineSession.silent(time.nanos(), lease) ? 1 : 0;
      change(machineSession, m -> MachineCircuitBreaker.failed(m, time.now()));
    } else if (machineSession.machine().failuresInRow() > 0
        || machineSession.machine().quarantines() > 0) {
      change(machineSession, MachineCircuitBreaker::finished);
    }
  }

  void liftThoseOver() {
    for (MachineSession machineSession : records.all()) {
      Duration left = machineSession.quarantineLeft(time);
      if (left != null && (left.isNegative() || left.isZero())) {
        change(machineSession, MachineCircuitBreaker::lifted);
      }
    }
  }

  /** What is stored of a quarantine's end is to say again how long is left. */
  void clockWasSet() {
    for (MachineSession machineSession : records.all()) {
      Duration left = machineSession.quarantineLeft(time);
      if (left != null) {
        change(machineSession, m -> MachineCircuitBreaker.ending(m, time.now().plus(left)));
      }
    }
  }

  private void change(MachineSession machineSession, UnaryOperator<Machine> change) {
    keyedActionQueue
        .then(machineSession.machine().id(), () -> records.change(machineSession, change))
        .onFailure(
            e -> log.warn("machine not stored [machine: {}]", machineSession.machine().id(), e));
  }
}
