package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What to do with times of a schedule that passed while no server could fire it. */
public enum MissedPolicy {
  /** Leave them out. */
  @JsonProperty("skip")
  SKIP,

  /** Fire once for all of them, if the last is no older than the grace. */
  @JsonProperty("one")
  ONE,

  /** Fire for each. */
  @JsonProperty("all")
  ALL;

  /** The name in JSON, YAML and on screen. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
