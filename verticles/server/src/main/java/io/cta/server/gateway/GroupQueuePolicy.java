package io.cta.server.gateway;

import io.vertx.core.Future;

/** Decides whether a machine may take tasks from an execution's group queue. */
@FunctionalInterface
public interface GroupQueuePolicy {
  Future<Boolean> mayJoin(String machineId, String executionId);
}
