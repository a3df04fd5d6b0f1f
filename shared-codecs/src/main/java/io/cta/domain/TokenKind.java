package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a token is for. */
public enum TokenKind {
  @JsonProperty("api")
  API,

  @JsonProperty("registration")
  REGISTRATION,

  @JsonProperty("agent")
  AGENT;

  /** The name in JSON, YAML and on screen. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
