package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cta.error.ServiceFailure;
import java.util.List;

/**
 * A parameter that a suite declares. Its value stands wherever the suite says {@code ${NAME}}, and
 * every test sees it as an environment variable.
 *
 * @param defaultValue null when every execution must say it
 * @param values the only ones allowed; any when there are none
 */
public record SuiteParameter(
    @JsonProperty("default") String defaultValue, List<String> values, String description) {
  public SuiteParameter {
    values = FieldChecks.list(values);
    if (defaultValue != null && !allowed(defaultValue, values)) {
      throw ServiceFailure.invalid("default", "must be one of " + String.join(", ", values));
    }
  }

  public boolean allows(String value) {
    return allowed(value, values);
  }

  private static boolean allowed(String value, List<String> values) {
    return values.isEmpty() || values.contains(value);
  }
}
