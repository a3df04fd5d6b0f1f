package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What runs the script of a stage; agent/README.md says with which options. */
public enum ShellKind {
  @JsonProperty("bash")
  BASH,

  @JsonProperty("sh")
  SH,

  @JsonProperty("pwsh")
  PWSH,

  @JsonProperty("cmd")
  CMD,

  @JsonProperty("python")
  PYTHON,

  /** No shell: the stage is a list, a program and its arguments. */
  @JsonProperty("none")
  NONE;

  /** The name in JSON, YAML and on screen. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
