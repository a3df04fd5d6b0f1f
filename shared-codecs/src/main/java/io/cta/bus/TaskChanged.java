package io.cta.bus;

import io.cta.domain.Task;

/** A task as it now is in the store. */
public record TaskChanged(Task task, long version) {}
