package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an execution is split into tasks. */
public enum RunMode {
  @JsonProperty("mono")
  MONO,

  @JsonProperty("group")
  GROUP,

  @JsonProperty("stress")
  STRESS,

  @JsonProperty("parallel")
  PARALLEL;

  /** The name in JSON, YAML and on screen. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
