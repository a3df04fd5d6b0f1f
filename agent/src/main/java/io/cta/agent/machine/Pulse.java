package io.cta.agent.machine;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** What changes from heartbeat to heartbeat. */
public record Pulse(double load, long diskFree) {
  /** Asks the system; {@code work} is where workspaces are. Blocks for a moment. */
  public static Pulse take(Path work) {
    return new Pulse(
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        work.toFile().getUsableSpace());
  }
}
