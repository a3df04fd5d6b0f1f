package io.cta.bus;

import io.cta.message.Envelope;

/** A message for a machine's queue. */
public record MachineCommand(String machineId, Envelope envelope) {}
