package io.cta.server.notify;

import io.cta.server.executions.ScenarioStartRequest;
import io.vertx.core.Future;

/** Starts scenarios. Safe from any event loop. */
@FunctionalInterface
public interface ScenarioStarter {
  /** Completes with the execution's id once it is stored. */
  Future<String> start(ScenarioStartRequest request);
}
