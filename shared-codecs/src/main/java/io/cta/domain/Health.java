package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What people, or the circuit breaker, decided about a machine. */
public enum Health {
  @JsonProperty("active")
  ACTIVE,

  @JsonProperty("draining")
  DRAINING,

  @JsonProperty("maintenance")
  MAINTENANCE,

  @JsonProperty("quarantined")
  QUARANTINED,

  @JsonProperty("retired")
  RETIRED;

  /** The name in JSON, YAML and on screen. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
