package io.cta.server.registration;

import io.cta.bus.EventOrigin;
import io.cta.domain.Machine;
import io.cta.domain.Task;
import io.cta.server.sequence.KeyedActionQueue;
import io.cta.time.TimeSource;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the ends of attempts to each machine's circuit breaker and lifts expired quarantines. Event
 * loop of its verticle only.
 */
final class QuarantineHandler {
  private static final Logger log = LoggerFactory.getLogger(QuarantineHandler.class);

  private final MachineRegistry registry;
  private final KeyedActionQueue keyedActionQueue;
  private final TimeSource time;
  private final Duration lease;

  QuarantineHandler(
      MachineRegistry registry,
      KeyedActionQueue keyedActionQueue,
      TimeSource time,
      Duration lease) {
    this.registry = registry;
    this.keyedActionQueue = keyedActionQueue;
    this.time = time;
    this.lease = lease;
  }

  /**
   * Handles a changed task: if an attempt has ended, the machine's breaker counts it. Only the node
   * that wrote the change counts it, so that a cluster counts it once.
   */
  void changed(Task before, Task now, EventOrigin origin) {
    AttemptEnd end = origin == EventOrigin.HERE ? AttemptEnd.of(before, now) : null;
    MachineSession machineSession = end == null ? null : registry.session(end.machineId());
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

  void liftExpired() {
    for (MachineSession machineSession : registry.quarantined()) {
      Duration left = machineSession.quarantineLeft(time);
      if (left != null && (left.isNegative() || left.isZero())) {
        change(machineSession, MachineCircuitBreaker::lifted);
      }
    }
  }

  /** After the wall clock was set, stores each quarantine's end anew from the time left. */
  void clockStepped() {
    for (MachineSession machineSession : registry.quarantined()) {
      Duration left = machineSession.quarantineLeft(time);
      if (left != null) {
        change(
            machineSession, m -> MachineCircuitBreaker.quarantinedUntil(m, time.now().plus(left)));
      }
    }
  }

  private void change(MachineSession machineSession, UnaryOperator<Machine> change) {
    keyedActionQueue
        .enqueue(machineSession.machine().id(), () -> registry.change(machineSession, change))
        .onFailure(
            e -> log.warn("machine not stored [machine: {}]", machineSession.machine().id(), e));
  }
}
