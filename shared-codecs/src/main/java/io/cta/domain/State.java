package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The state of a task or an execution; the last three are terminal. */
public enum State {
  @JsonProperty("pending")
  PENDING,

  @JsonProperty("acked")
  ACKED,

  @JsonProperty("running")
  RUNNING,

  @JsonProperty("finished")
  FINISHED,

  @JsonProperty("cancelled")
  CANCELLED,

  @JsonProperty("timeout")
  TIMEOUT;

  /** True for {@code finished}, {@code cancelled} and {@code timeout}. */
  public boolean terminal() {
    return compareTo(FINISHED) >= 0;
  }

  /** The name in JSON, YAML and on screen. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
