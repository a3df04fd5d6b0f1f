package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a schedule does when the execution that it has started last still runs. */
public enum OverlapPolicy {
  /** Start another one beside it. */
  @JsonProperty("allow")
  ALLOW,

  /** Leave this time out. */
  @JsonProperty("skip")
  SKIP,

  /** Start when that one is over. */
  @JsonProperty("queue")
  QUEUE;

  /** The name in JSON, YAML and on screen. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
