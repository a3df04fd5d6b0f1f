package io.cta.server.bridge;

import io.cta.broker.Rejected;
import io.cta.bus.Addresses;
import io.cta.message.Envelope;
import io.cta.message.EnvelopeOutline;
import io.cta.message.EventTypes;
import io.cta.message.Queues;
import io.vertx.core.buffer.Buffer;

/** Which service is asked about an envelope. The queue that it came by decides what it may be. */
record Routes(int partitions) {
  /**
   * Throws {@link Rejected}, or an INVALID failure for what is no envelope, unless the queue takes
   * the message. What it says of its sender must agree; whether it is true the gateway has seen.
   */
  static void check(String queue, Buffer message) {
    EnvelopeOutline outline = EnvelopeOutline.read(message);
    String type = outline.type();
    if (!EventTypes.known(type)) {
      throw new Rejected("unknown type " + type);
    }
    if (!EventTypes.taken(queue, type)) {
      throw new Rejected(queue + " does not take " + type);
    }
    String sender = outline.sender();
    if (sender != null && outline.machineId() != null && !sender.equals(outline.machineId())) {
      throw new Rejected(type + ": agent " + sender + " speaks for machine " + outline.machineId());
    }
  }

  /** The address, or {@link Rejected} when there is none for it. */
  String address(String queue, Envelope envelope) {
    if (queue.equals(Queues.REGISTRATION)) {
      return Addresses.REGISTRATION_RECEIVE;
    }
    if (envelope.payload().getValue("executionId") instanceof String executionId) {
      return Addresses.tracking(Addresses.partition(executionId, partitions));
    }
    throw new Rejected("the payload of " + envelope.type() + " has no executionId");
  }
}
