package io.cta.agent.process;

import java.util.Locale;

/** The kind of operating system the agent is on. */
public enum OperatingSystem {
  LINUX,
  MACOS,
  WINDOWS,
  OTHER;

  public static final OperatingSystem CURRENT = of(System.getProperty("os.name", ""));

  static OperatingSystem of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("linux")) {
      return LINUX;
    }
    if (lower.startsWith("mac") || lower.startsWith("darwin")) {
      return MACOS;
    }
    return lower.startsWith("windows") ? WINDOWS : OTHER;
  }

  /** The value of the fact {@code platform}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
