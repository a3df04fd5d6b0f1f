package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The result of a test, a task or an execution. */
public enum Result {
  @JsonProperty("ok")
  OK,

  @JsonProperty("failed")
  FAILED,

  @JsonProperty("inconclusive")
  INCONCLUSIVE,

  @JsonProperty("partial")
  PARTIAL;

  /** The name in JSON, YAML and on screen. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
