package io.cta.bench.process;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** Checks whether the limit of open files allows so many agents. */
public final class FileLimit {
  private static final int FILES_PER_AGENT = 2;
  private static final long OTHER_FILES = 200;

  private FileLimit() {}

  /** Says why this machine does not allow so many agents, and what to do; empty if it does. */
  public static Optional<String> hindrance(int agents) {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? hindrance(agents, system.getMaxFileDescriptorCount())
        : Optional.empty();
  }

  static Optional<String> hindrance(int agents, long limit) {
    long needed = (long) agents * FILES_PER_AGENT + OTHER_FILES;
    if (needed <= limit) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            "%,d agents need %,d open files in each process, and the limit is %,d: raise it (ulimit"
                + " -n %d, as root or in /etc/security/limits.conf), or ask for at most %d agents",
            agents, needed, limit, needed, Math.max(0, (limit - OTHER_FILES) / FILES_PER_AGENT)));
  }
}
