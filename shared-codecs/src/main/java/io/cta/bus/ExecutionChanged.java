package io.cta.bus;

import io.cta.domain.Execution;

/** An execution as it now is in the store. */
public record ExecutionChanged(Execution execution, long version) {}
