package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A condition of an {@link AfterHandler} that needs no expression. */
public enum AfterTrigger {
  @JsonProperty("always")
  ALWAYS,

  /** It did not finish, or its result is not ok. */
  @JsonProperty("failure")
  FAILURE,

  /** Its result differs from that of the execution before it. */
  @JsonProperty("change")
  CHANGE,

  /** Its result is ok, and that of the execution before it was not. */
  @JsonProperty("recovery")
  RECOVERY
}
