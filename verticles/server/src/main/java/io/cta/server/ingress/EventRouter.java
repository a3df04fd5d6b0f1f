package io.cta.server.ingress;

import io.cta.broker.DeliveryRejected;
import io.cta.bus.BusAddresses;
import io.cta.message.EnvelopeOutline;
import io.cta.message.EventSender;
import io.cta.message.QueueEventTypes;
import io.cta.message.QueueNames;

/** Checks a message against the queue it arrived on, and finds the service to ask. Pure. */
record EventRouter(int partitions) {
  /**
   * The machine that the event is of. Throws {@link DeliveryRejected} unless the queue takes the
   * event's type, or INVALID when it is no event of one machine; the gateway has checked that its
   * source is true.
   */
  static String sender(String queue, EnvelopeOutline outline) {
    String type = outline.type();
    if (!QueueEventTypes.known(type)) {
      throw new DeliveryRejected("unknown type " + type);
    }
    if (!QueueEventTypes.taken(queue, type)) {
      throw new DeliveryRejected(queue + " does not take " + type);
    }
    return EventSender.machineOf(outline);
  }

  /** The service's address; throws {@link DeliveryRejected} when there is none. */
  String address(String queue, EnvelopeOutline outline) {
    if (queue.equals(QueueNames.REGISTRATION)) {
      return BusAddresses.REGISTRATION_RECEIVE;
    }
    if (outline.executionId() != null) {
      return BusAddresses.tracking(BusAddresses.partition(outline.executionId(), partitions));
    }
    throw new DeliveryRejected("the payload of " + outline.type() + " has no executionId");
  }
}
