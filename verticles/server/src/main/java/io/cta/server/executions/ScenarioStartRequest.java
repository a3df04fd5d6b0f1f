package io.cta.server.executions;

import io.cta.domain.ExecutionTimeouts;
import java.util.Map;

/**
 * What somebody wants to run.
 *
 * @param executionId the id to give it, so that a repeated request makes no second one
 * @param scenario id or name
 * @param parameters added to the scenario's and winning over them
 * @param priority null for the scenario's
 * @param timeouts null for the scenario's
 * @param requestedBy name of the user or token
 */
public record ScenarioStartRequest(
    String executionId,
    String scenario,
    Map<String, String> parameters,
    Integer priority,
    ExecutionTimeouts timeouts,
    String requestedBy) {
  public ScenarioStartRequest {
    parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
  }
}
