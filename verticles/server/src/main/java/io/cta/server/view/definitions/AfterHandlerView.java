package io.cta.server.view.definitions;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cta.domain.AfterHandler;
import java.util.Map;

/**
 * What to do after an execution.
 *
 * @param channels {@code notify} in JSON, which cannot be the name of a record component
 */
public record AfterHandlerView(
    String when, @JsonProperty("notify") Map<String, Object> channels, Map<String, Object> start) {
  static AfterHandlerView of(AfterHandler a) {
    return new AfterHandlerView(a.when(), a.channels(), a.start());
  }
}
