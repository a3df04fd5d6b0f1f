package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * Which scenario to start after an execution. Values and ref may have placeholders such as {@code
 * ${source.commit}}, which stand for facts of that execution.
 *
 * @param scenario id or name
 * @param parameters added to the scenario's; these win
 * @param ref branch, tag or commit for the suite's only git input; null for the suite's own
 */
public record AfterStart(
    String scenario,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> parameters,
    String ref) {
  public AfterStart {
    parameters = FieldChecks.map(parameters);
  }
}
