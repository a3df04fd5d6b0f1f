package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a status comes from. */
public enum StatusSource {
  @JsonProperty("api")
  API,

  @JsonProperty("report")
  REPORT,

  @JsonProperty("exit")
  EXIT,

  @JsonProperty("agent")
  AGENT,

  @JsonProperty("server")
  SERVER;

  /** The name in JSON, YAML and on screen. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
