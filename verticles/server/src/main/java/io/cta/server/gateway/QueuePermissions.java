package io.cta.server.gateway;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.EnvelopeOutline;
import io.cta.message.QueueEventTypes;
import io.cta.message.QueueNames;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** What an agent may do with queues: speak for its own machine, and hear what is meant for it. */
final class QueuePermissions {
  private final String machineId;
  private final GroupQueuePolicy groupQueuePolicy;

  QueuePermissions(String machineId, GroupQueuePolicy groupQueuePolicy) {
    this.machineId = machineId;
    this.groupQueuePolicy = groupQueuePolicy;
  }

  /**
   * Throws a FORBIDDEN failure unless the agent may publish this, and to the registration an
   * INVALID one when it is no envelope. Elsewhere such a message goes on: whoever takes events in
   * reads it in the same way and puts it to the dead letters, and the agent is rid of it.
   */
  void publish(String queue, Buffer message) {
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
      return;
    }
    speaksForItself(queue, outline);
  }

  private void speaksForItself(String queue, EnvelopeOutline said) {
    // output does not name its machine but by the envelope
    boolean silent = said.machineId() == null && queue.equals(QueueNames.LOGS);
    if (!silent && !machineId.equals(said.machineId())) {
      throw stranger("machineId is not " + machineId);
    }
    if (!machineId.equals(said.sender())) {
      throw stranger("source is not agent/" + machineId);
    }
  }

  private static ServiceFailure stranger(String why) {
    return new ServiceFailure(ErrorCode.FORBIDDEN, "a machine speaks for itself only: " + why);
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
