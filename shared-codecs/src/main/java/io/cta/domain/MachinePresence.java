package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What software sees of a machine. */
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
