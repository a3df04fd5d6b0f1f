package io.cta.server.dispatch.scheduling;

import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.state.TaskPhase;
import io.cta.time.MonotonicClock;

/**
 * Updates machines by what becomes of their tasks: a machine declined a task, took it, or finished
 * it. Event loop of its verticle only.
 */
public final class MachineFeedback {
  private final MachineFleet fleet;
  private final MonotonicClock ticker;

  public MachineFeedback(MachineFleet fleet, MonotonicClock ticker) {
    this.fleet = fleet;
    this.ticker = ticker;
  }

  /**
   * @param before null when the task is new here: then nobody knows what the machine answered
   */
  public void changed(Task before, Task now) {
    if (before != null && declined(before, now)) {
      FleetMachine decliner = fleet.get(now.declined().machineId());
      if (decliner != null) {
        decliner.declined(ticker.nanos());
      }
      return;
    }
    FleetMachine machine = now.machineId() == null ? null : fleet.get(now.machineId());
    TaskPhase phase = TaskPhase.of(now);
    if (machine == null || phase.compareTo(TaskPhase.ACKED) < 0) {
      return;
    }
    if (before != null && TaskPhase.of(before) == TaskPhase.RELEASED) {
      machine.accepts(); // the ack and what followed it may come as one change
    }
    boolean ended = phase.compareTo(TaskPhase.ENDED) >= 0;
    if (ended && now.endState() == State.FINISHED && !now.endInfra()) {
      machine.succeeded(ticker.nanos());
    }
  }

  private static boolean declined(Task before, Task now) {
    return now.declined() != null
        && before.attempt() != now.attempt()
        && TaskPhase.of(now) == TaskPhase.WAITING;
  }
}
