package io.cta.server.executions;

import io.cta.domain.Timeouts;
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
public record StartRequest(
    String executionId,
    String scenario,
    Map<String, String> parameters,
    Integer priority,
    Timeouts timeouts,
    String requestedBy) {
  public StartRequest {
    parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
  }
}
