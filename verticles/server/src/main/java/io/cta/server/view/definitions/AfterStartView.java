package io.cta.server.view.definitions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cta.domain.AfterStart;
import java.util.Map;

/** Which scenario to start after an execution. */
public record AfterStartView(
    String scenario,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> parameters,
    String ref) {
  /** Returns null for null. */
  static AfterStartView of(AfterStart s) {
    return s == null ? null : new AfterStartView(s.scenario(), s.parameters(), s.ref());
  }
}
