package io.cta.server.tracking;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.MachineCommand;
import io.cta.domain.Task;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageSource;
import io.cta.message.MessageTypes;
import io.cta.message.TaskCancel;
import io.cta.message.TaskStartConfirmed;
import io.cta.state.TaskPhase;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells agents to stop what is not theirs any more, and whether to begin what they ask about. */
final class AgentReplySender {
  private static final Logger log = LoggerFactory.getLogger(AgentReplySender.class);
  private static final long TIMEOUT_MS = 5_000;

  private final Vertx vertx;

  AgentReplySender(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Heartbeats repeat what gets lost of this. */
  void refuse(AgentEvent agentEvent, String why) {
    log.info(
        "event of a stale attempt [task: {}] [attempt: {}] [machine: {}] [why: {}]",
        agentEvent.taskId(),
        agentEvent.attempt(),
        agentEvent.machineId(),
        why);
    if (agentEvent.machineId() != null) {
      cancel(agentEvent, true, false, why);
    }
  }

  /**
   * What an agent that asks is told; one that does not hear it asks again.
   *
   * @param task as it is in the store, once the question has been taken as an ack
   */
  void answer(AgentEvent.ConfirmationRequested confirmationRequested, Task task) {
    switch (TaskPhase.of(task)) {
      case ACKED, RUNNING -> {
        TaskStartConfirmed go =
            new TaskStartConfirmed(
                confirmationRequested.taskId(),
                confirmationRequested.attempt(),
                confirmationRequested.token(),
                confirmationRequested.question().askedAt());
        send(
            confirmationRequested,
            MessageEnvelope.of(MessageTypes.TASK_GO, MessageSource.SERVER, go));
      }
      case CANCELLING -> cancel(confirmationRequested, false, task.reason() != null, wish(task));
      case WAITING, RELEASED, ENDED, OVER -> refuse(confirmationRequested, "the attempt is over");
    }
  }

  private static String wish(Task task) {
    return task.reason() == null ? "cancelled" : "timeout";
  }

  private void cancel(AgentEvent agentEvent, boolean stale, boolean timeout, String why) {
    TaskCancel cancel =
        new TaskCancel(
            agentEvent.taskId(), agentEvent.attempt(), agentEvent.token(), stale, timeout, why);
    send(agentEvent, MessageEnvelope.of(MessageTypes.TASK_CANCEL, MessageSource.SERVER, cancel));
  }

  private void send(AgentEvent to, MessageEnvelope command) {
    BusAdapter.ask(
            vertx,
            BusAddresses.DISPATCH_COMMAND,
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
