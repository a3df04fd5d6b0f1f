package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What answers at the address of a {@link Forge}. */
public enum ForgeType {
  @JsonProperty("gitlab")
  GITLAB,

  @JsonProperty("github")
  GITHUB,

  @JsonProperty("gitea")
  GITEA,

  @JsonProperty("forgejo")
  FORGEJO,

  /** Builds jobs, and has no statuses of commits. */
  @JsonProperty("jenkins")
  JENKINS;

  /** The name in JSON, YAML and on screen. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
