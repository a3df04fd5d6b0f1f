package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether the server hears from a machine's agent. */
public enum MachinePresence {
  @JsonProperty("online")
  ONLINE,

  @JsonProperty("offline")
  OFFLINE;

  /** The name in JSON, YAML and on screen. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
