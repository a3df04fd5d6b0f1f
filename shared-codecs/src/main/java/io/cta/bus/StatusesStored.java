package io.cta.bus;

import io.cta.domain.Status;
import java.util.List;

/** Statuses of one task attempt that are new in the store. */
public record StatusesStored(String executionId, String taskId, List<Status> statuses) {}
