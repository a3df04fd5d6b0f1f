package io.cta.server.view.definitions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cta.domain.HookTrigger;
import java.util.List;
import java.util.Map;

/** Which scenario a hook starts, and by which events. */
public record HookTriggerView(
    String scenario,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> events,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> branches,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> parameters,
    Boolean checkout) {
  static HookTriggerView of(HookTrigger t) {
    return new HookTriggerView(
        t.scenario(), t.events(), t.branches(), t.parameters(), t.checkout());
  }
}
