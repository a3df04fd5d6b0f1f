package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * What happens after an execution, when its condition holds.
 *
 * @param when condition on state and result, for example {@code result != ok}; null for always
 * @param channels {@code notify} in JSON: channel to its settings
 * @param start {@code {scenario: NAME}}
 */
public record AfterHandler(
    String when, @JsonProperty("notify") Map<String, Object> channels, Map<String, Object> start) {
  public AfterHandler {
    channels = FieldChecks.map(channels);
    start = FieldChecks.map(start);
  }
}
