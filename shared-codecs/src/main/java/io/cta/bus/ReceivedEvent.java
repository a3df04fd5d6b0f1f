package io.cta.bus;

import io.cta.message.MessageEnvelope;

/**
 * An event from a queue, for the service that it is meant for.
 *
 * @param machineId the machine that the event is of, as {@link io.cta.message.EventSender} found
 *     out; a machine that the payload names counts for nothing
 */
public record ReceivedEvent(String machineId, MessageEnvelope envelope) {}
