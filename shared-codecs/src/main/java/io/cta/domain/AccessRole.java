package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a user or token may do; each role includes the ones before it. */
public enum AccessRole {
  @JsonProperty("viewer")
  VIEWER,

  @JsonProperty("runner")
  RUNNER,

  @JsonProperty("maintainer")
  MAINTAINER,

  @JsonProperty("admin")
  ADMIN;

  /** True when this role may do what {@code needed} may. */
  public boolean covers(AccessRole needed) {
    return compareTo(needed) >= 0;
  }

  /** The name in JSON, YAML and on screen. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
