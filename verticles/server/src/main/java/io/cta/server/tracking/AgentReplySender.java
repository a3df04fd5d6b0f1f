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

/**
 * Tells agents to stop attempts that are no longer theirs, and answers their requests to start one.
 */
final class AgentReplySender {
  private static final Logger log = LoggerFactory.getLogger(AgentReplySender.class);
  private static final long TIMEOUT_MILLIS = 5_000;

  private final Vertx vertx;

  AgentReplySender(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Tells the agent to stop a stale attempt. If the message is lost, heartbeats repeat it. */
  void refuse(AgentEvent agentEvent, String why) {
    log.info(
        "event of a stale attempt [task: {}] [attempt: {}] [machine: {}] [why: {}]",
        agentEvent.taskId(),
        agentEvent.attempt(),
        agentEvent.machineId(),
        why);
    cancel(agentEvent, true, false, why);
  }

  /**
   * Answers a request to start; an agent that gets no answer asks again.
   *
   * @param task the stored task, after the request was applied as an ack
   */
  void answer(AgentEvent.ConfirmationRequested request, Task task) {
    switch (TaskPhase.of(task)) {
      case ACKED, RUNNING -> {
        TaskStartConfirmed confirmed =
            TaskStartConfirmed.of(request.ref(), request.question().askedAt());
        send(request, MessageEnvelope.of(MessageTypes.TASK_GO, MessageSource.SERVER, confirmed));
      }
      case CANCELLING -> cancel(request, false, task.reason() != null, stopReason(task));
      case WAITING, RELEASED, ENDED, OVER -> refuse(request, "the attempt is over");
    }
  }

  private static String stopReason(Task task) {
    return task.reason() == null ? "cancelled" : "timeout";
  }

  private void cancel(AgentEvent agentEvent, boolean stale, boolean timeout, String why) {
    TaskCancel cancel = TaskCancel.of(agentEvent.ref(), stale, timeout, why);
    send(agentEvent, MessageEnvelope.of(MessageTypes.TASK_CANCEL, MessageSource.SERVER, cancel));
  }

  private void send(AgentEvent to, MessageEnvelope command) {
    BusAdapter.ask(
            vertx,
            BusAddresses.DISPATCH_COMMAND,
            new MachineCommand(to.machineId(), command),
            TIMEOUT_MILLIS)
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
