package io.cta.agent.machine;

import io.cta.agent.disk.DiskWatch;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * The measured values of a heartbeat.
 *
 * @param diskFree bytes
 * @param trouble why no task is taken, for people, or null
 */
public record HeartbeatData(double load, long diskFree, String trouble) {
  /** Measures now; {@code work} is on the disk whose free space counts. Blocks for a moment. */
  public static HeartbeatData measure(Path work, DiskWatch diskWatch) {
    return new HeartbeatData(
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        work.toFile().getUsableSpace(),
        diskWatch.check());
  }
}
