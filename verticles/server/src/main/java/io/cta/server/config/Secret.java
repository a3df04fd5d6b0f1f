package io.cta.server.config;

/** A value that must not show in logs. */
public record Secret(String value) {
  @Override
  public String toString() {
    return "***";
  }
}
