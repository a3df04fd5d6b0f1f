package io.cta.bus;

import io.cta.domain.LogChunk;

/** A log chunk that is new in the store. */
public record LogStored(LogChunk chunk) {}
