package io.cta.agent.machine;

import com.sun.management.OperatingSystemMXBean;
import io.cta.agent.process.OperatingSystem;
import io.cta.time.MonotonicClock;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Detects the machine's facts, which configurations can match. */
public final class MachineFacts {
  private static final long BYTES_PER_GIB = 1L << 30;

  private MachineFacts() {}

  /** Reads the facts; runs the tools it finds for their versions, so it blocks for a moment. */
  public static Map<String, List<String>> read(String hostname, MonotonicClock ticker) {
    Map<String, List<String>> out = new LinkedHashMap<>();
    out.put("platform", List.of(OperatingSystem.CURRENT.wire()));
    out.put("arch", List.of(arch(System.getProperty("os.arch", ""))));
    out.put("os", List.of(System.getProperty("os.name") + " " + System.getProperty("os.version")));
    out.put("hostname", List.of(hostname));
    out.put("cpus", List.of(String.valueOf(Runtime.getRuntime().availableProcessors())));
    out.put(
        "memory",
        List.of(String.valueOf(Math.max(1, Math.round(memory() / (double) BYTES_PER_GIB)))));
    out.put("jdk", InstalledJdks.majors());
    Map<String, String> tools = InstalledTools.found(ticker);
    out.put("tools", List.copyOf(tools.keySet()));
    tools.forEach(
        (tool, version) -> {
          if (!version.isEmpty()) {
            out.put(tool, List.of(version));
          }
        });
    return out;
  }

  static String arch(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "x86_64", "amd64" -> "amd64";
      case "aarch64", "arm64" -> "arm64";
      default -> name;
    };
  }

  private static long memory() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
