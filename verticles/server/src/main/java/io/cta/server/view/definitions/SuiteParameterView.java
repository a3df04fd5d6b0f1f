package io.cta.server.view.definitions;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cta.domain.SuiteParameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A parameter that a suite declares. */
public record SuiteParameterView(
    @JsonProperty("default") String defaultValue, List<String> values, String description) {
  static Map<String, SuiteParameterView> of(Map<String, SuiteParameter> parameters) {
    Map<String, SuiteParameterView> out = new LinkedHashMap<>();
    parameters.forEach(
        (name, p) ->
            out.put(name, new SuiteParameterView(p.defaultValue(), p.values(), p.description())));
    return out;
  }
}
