package io.cta.server.tracking;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.MachineCommand;
import io.cta.domain.Task;
import io.cta.message.Envelope;
import io.cta.message.MessageSource;
import io.cta.message.TaskCancel;
import io.cta.message.TaskGo;
import io.cta.message.Types;
import io.cta.state.Phase;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells agents to stop what is not theirs any more, and whether to begin what they ask about. */
final class Answers {
  private static final Logger log = LoggerFactory.getLogger(Answers.class);
  private static final long TIMEOUT_MS = 5_000;

  private final Vertx vertx;

  Answers(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Heartbeats repeat what gets lost of this. */
  void refuse(Arrival arrival, String why) {
    log.info(
        "event of a stale attempt [task: {}] [attempt: {}] [machine: {}] [why: {}]",
        arrival.taskId(),
        arrival.attempt(),
        arrival.machineId(),
        why);
    if (arrival.machineId() != null) {
      cancel(arrival, true, false, why);
    }
  }

  /**
   * What an agent that asks is told; one that does not hear it asks again.
   *
   * @param task as it is in the store, once the question has been taken as an ack
   */
  void answer(Arrival.Asked asked, Task task) {
    switch (Phase.of(task)) {
      case ACKED, RUNNING -> {
        TaskGo go =
            new TaskGo(asked.taskId(), asked.attempt(), asked.token(), asked.question().askedAt());
        send(asked, Envelope.of(Types.TASK_GO, MessageSource.SERVER, go));
      }
      case CANCELLING -> cancel(asked, false, task.reason() != null, wish(task));
      case WAITING, RELEASED, ENDED, OVER -> refuse(asked, "the attempt is over");
    }
  }

  private static String wish(Task task) {
    return task.reason() == null ? "cancelled" : "timeout";
  }

  private void cancel(Arrival arrival, boolean stale, boolean timeout, String why) {
    TaskCancel cancel =
        new TaskCancel(arrival.taskId(), arrival.attempt(), arrival.token(), stale, timeout, why);
    send(arrival, Envelope.of(Types.TASK_CANCEL, MessageSource.SERVER, cancel));
  }

  private void send(Arrival to, Envelope command) {
    Consumers.ask(
            vertx,
            Addresses.DISPATCH_COMMAND,
            new MachineCommand(to.machineId(), command),
            TIMEOUT_MS)
        .onFailure(
            e ->
                log.info(
                    "machine not told [machine: {}] [command: {}] [task: {}] [cause: {}]",
                    to.machineId(),
                    command.type(),
                    to.taskId(),
                    e.getMessage()));
  }
}
