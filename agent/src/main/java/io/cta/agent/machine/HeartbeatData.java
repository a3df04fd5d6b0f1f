package io.cta.agent.machine;

import io.cta.agent.disk.DiskWatch;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * What changes from heartbeat to heartbeat.
 *
 * @param trouble why no task is taken, for people, or null
 */
public record HeartbeatData(double load, long diskFree, String trouble) {
  /** Asks the system; {@code work} is where workspaces are. Blocks for a moment. */
  public static HeartbeatData take(Path work, DiskWatch room) {
    return new HeartbeatData(
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        work.toFile().getUsableSpace(),
        room.look());
  }
}
