package io.cta.bus;

import io.cta.message.MessageEnvelope;

/** A message for a machine's queue. */
public record MachineCommand(String machineId, MessageEnvelope envelope) {}
