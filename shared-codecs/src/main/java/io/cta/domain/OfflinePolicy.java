package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What to do with matching machines that are offline. */
public enum OfflinePolicy {
  @JsonProperty("wait")
  WAIT,

  @JsonProperty("skip")
  SKIP,

  @JsonProperty("fail")
  FAIL;

  /** The name in JSON, YAML and on screen. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
