package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a {@link Delivery} stands; the last two are final. */
public enum DeliveryState {
  @JsonProperty("waiting")
  WAITING,

  @JsonProperty("delivered")
  DELIVERED,

  @JsonProperty("failed")
  FAILED;

  /** The name in JSON, YAML and on screen. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
