package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who calls a {@link Hook}, and so how the call is signed and what it says. */
public enum HookType {
  @JsonProperty("gitlab")
  GITLAB,

  @JsonProperty("github")
  GITHUB,

  @JsonProperty("gitea")
  GITEA,

  @JsonProperty("forgejo")
  FORGEJO,

  /** A build that says what it has built, with the secret in a header. */
  @JsonProperty("jenkins")
  JENKINS,

  /** Any program, signed as Standard Webhooks has it. */
  @JsonProperty("generic")
  GENERIC
}
