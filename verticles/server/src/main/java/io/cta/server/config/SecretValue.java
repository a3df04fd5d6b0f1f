package io.cta.server.config;

/** A value that must not appear in logs. */
public record SecretValue(String value) {
  @Override
  public String toString() {
    return "***";
  }
}
