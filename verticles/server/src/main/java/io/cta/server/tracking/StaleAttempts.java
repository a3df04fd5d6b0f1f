package io.cta.server.tracking;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.MachineCommand;
import io.cta.message.Envelope;
import io.cta.message.TaskCancel;
import io.cta.message.Types;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells agents to stop attempts that are not theirs any more; heartbeats repeat what gets lost. */
final class StaleAttempts {
  private static final Logger log = LoggerFactory.getLogger(StaleAttempts.class);
  private static final long TIMEOUT_MS = 5_000;

  private final Vertx vertx;

  StaleAttempts(Vertx vertx) {
    this.vertx = vertx;
  }

  void refuse(Arrival arrival, String why) {
    log.info(
        "event of a stale attempt [task: {}] [attempt: {}] [machine: {}] [why: {}]",
        arrival.taskId(),
        arrival.attempt(),
        arrival.machineId(),
        why);
    if (arrival.machineId() == null) {
      return;
    }
    TaskCancel cancel =
        new TaskCancel(arrival.taskId(), arrival.attempt(), arrival.token(), true, false, why);
    MachineCommand command =
        new MachineCommand(arrival.machineId(), Envelope.of(Types.TASK_CANCEL, "server", cancel));
    Consumers.ask(vertx, Addresses.DISPATCH_COMMAND, command, TIMEOUT_MS)
        .onFailure(
            e ->
                log.info(
                    "machine not told to stop [machine: {}] [task: {}] [cause: {}]",
                    arrival.machineId(),
                    arrival.taskId(),
                    e.getMessage()));
  }
}
