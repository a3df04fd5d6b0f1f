package io.cta.server.executions;

import io.cta.domain.ExecutionChain;
import io.cta.domain.ExecutionSource;
import io.cta.domain.ExecutionTimeouts;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

/**
 * A request to start a scenario.
 *
 * @param executionId the id for the execution, so that a repeated request does not create a second
 *     one
 * @param scenario id or name
 * @param parameters added to the scenario's; these win
 * @param priority null for the scenario's
 * @param timeouts null for the scenario's
 * @param requestedBy name of the user or token
 * @param ref branch, tag or commit for the suite's only git input; null for the suite's own
 * @param inputs refs and versions by the names of inputs
 * @param source what whoever asks says of what is tested, or null
 * @param chain which execution causes it, or null
 */
@RecordBuilder
public record ScenarioStartRequest(
    String executionId,
    String scenario,
    Map<String, String> parameters,
    Integer priority,
    ExecutionTimeouts timeouts,
    String requestedBy,
    String ref,
    Map<String, String> inputs,
    ExecutionSource source,
    ExecutionChain chain) {
  public ScenarioStartRequest {
    parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
    inputs = inputs == null ? Map.of() : Map.copyOf(inputs);
  }

  /** A request that changes nothing. */
  public static ScenarioStartRequest asDefined(
      String executionId, String scenario, String requestedBy) {
    return ScenarioStartRequestBuilder.builder()
        .executionId(executionId)
        .scenario(scenario)
        .requestedBy(requestedBy)
        .build();
  }
}
