package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * Which scenario a {@link Hook} starts, and by which events.
 *
 * @param scenario id or name
 * @param events push, tag, mergeRequest or pipeline; push when empty
 * @param branches patterns in which {@code *} stands for any characters, for the branch or tag of
 *     the event; all when empty
 * @param parameters variables of the tests to the fields of the event that they get
 * @param checkout true to test the commit of the event as the suite's only git input, default true
 */
public record HookTrigger(
    String scenario,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> events,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> branches,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> parameters,
    Boolean checkout) {
  public HookTrigger {
    scenario = FieldChecks.required("scenario", scenario);
    events = FieldChecks.list(events);
    branches = FieldChecks.list(branches);
    parameters = FieldChecks.map(parameters);
    checkout = FieldChecks.or(checkout, true);
  }
}
