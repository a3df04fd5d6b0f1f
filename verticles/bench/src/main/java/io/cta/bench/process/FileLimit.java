package io.cta.bench.process;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** How many files a process may have open, which bounds how many agents it may have. */
public final class FileLimit {
  private static final int PER_AGENT = 2;
  private static final long BESIDES = 200;

  private FileLimit() {}

  /** Why so many agents cannot be had here, and what to do; empty when they can. */
  public static Optional<String> hindrance(int agents) {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? hindrance(agents, system.getMaxFileDescriptorCount())
        : Optional.empty();
  }

  static Optional<String> hindrance(int agents, long limit) {
    long needed = (long) agents * PER_AGENT + BESIDES;
    if (needed <= limit) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            "%,d agents need %,d open files in each process, and the limit is %,d: raise it (ulimit"
                + " -n %d, as root or in /etc/security/limits.conf), or ask for at most %d agents",
            agents, needed, limit, needed, Math.max(0, (limit - BESIDES) / PER_AGENT)));
  }
}
