package io.cta.server.gateway;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.EnvelopeOutline;
import io.cta.message.EventSender;
import io.cta.message.QueueEventTypes;
import io.cta.message.QueueNames;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * Checks what an agent may publish and read: only events of its own machine, only queues meant for
 * it.
 */
final class QueuePermissions {
  private final String machineId;
  private final GroupQueuePolicy groupQueuePolicy;

  QueuePermissions(String machineId, GroupQueuePolicy groupQueuePolicy) {
    this.machineId = machineId;
    this.groupQueuePolicy = groupQueuePolicy;
  }

  /**
   * Throws FORBIDDEN unless the agent may publish this message. A message that is no envelope
   * throws INVALID on the registration queue and passes on every other queue: its consumer cannot
   * parse it either and moves it to the dead letters, and the agent need not send it again.
   *
   * @return the message's type, null when it is no envelope
   */
  String publish(String queue, Buffer message) {
    if (!QueueEventTypes.isEventQueue(queue)) {
      throw new ServiceFailure(ErrorCode.FORBIDDEN, "agents may not publish to " + queue);
    }
    EnvelopeOutline outline;
    try {
      outline = EnvelopeOutline.read(message);
    } catch (ServiceFailure e) {
      if (queue.equals(QueueNames.REGISTRATION)) {
        throw e;
      }
      return null;
    }
    EventSender.requireAgentOf(machineId, outline);
    return outline.type();
  }

  /** Fails with FORBIDDEN unless the agent may read the queue. */
  Future<Void> subscribe(String queue) {
    if (queue.equals(QueueNames.machine(machineId))) {
      return Future.succeededFuture();
    }
    String executionId = QueueNames.executionOf(queue);
    if (executionId == null) {
      return forbidden(queue);
    }
    return groupQueuePolicy
        .mayJoin(machineId, executionId)
        .compose(may -> may ? Future.succeededFuture() : forbidden(queue));
  }

  private Future<Void> forbidden(String queue) {
    return Future.failedFuture(
        new ServiceFailure(ErrorCode.FORBIDDEN, "machine " + machineId + " may not read " + queue));
  }
}
