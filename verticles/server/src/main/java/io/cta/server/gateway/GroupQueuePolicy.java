package io.cta.server.gateway;

import io.vertx.core.Future;

/** Says whether a machine may take tasks of an execution's group queue. */
@FunctionalInterface
public interface GroupQueuePolicy {
  Future<Boolean> mayJoin(String machineId, String executionId);
}
