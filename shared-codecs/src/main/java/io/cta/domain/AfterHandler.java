package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What happens after an execution, when its condition holds. It has one action.
 *
 * @param when condition as an expression, for example {@code result != ok}, or null
 * @param on condition by name, or null; with neither of the two the action always happens
 * @param notification {@code notify} in JSON: whom to tell, or null
 * @param start which scenario to start, or null
 * @param build which job of a Jenkins to build, or null
 * @param push where to push the results, or null
 * @param report where to report the end, or null
 */
public record AfterHandler(
    String when,
    AfterTrigger on,
    @JsonProperty("notify") AfterNotification notification,
    AfterStart start,
    AfterBuild build,
    AfterPush push,
    AfterReport report) {
  /** The name of the action's field in JSON. */
  public String action() {
    if (start != null) {
      return "start";
    }
    if (build != null) {
      return "build";
    }
    if (push != null) {
      return "push";
    }
    return report != null ? "report" : "notify";
  }
}
