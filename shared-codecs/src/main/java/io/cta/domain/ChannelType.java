package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is at the other end of a {@link Channel}. */
public enum ChannelType {
  /** A program of the user's that takes signed JSON. */
  @JsonProperty("webhook")
  WEBHOOK,

  @JsonProperty("slack")
  SLACK,

  @JsonProperty("mattermost")
  MATTERMOST,

  @JsonProperty("teams")
  TEAMS;

  /** The name in JSON, YAML and on screen. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
