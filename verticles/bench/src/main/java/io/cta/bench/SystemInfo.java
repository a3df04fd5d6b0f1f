package io.cta.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Describes hardware, system and versions; a figure means nothing without them. */
final class SystemInfo {
  private SystemInfo() {}

  static String describe() {
    Runtime runtime = Runtime.getRuntime();
    return String.format(
        "machine   %s, %d cores, heap %d MB%nsystem    %s %s, Java %s, Vert.x %s, CTA %s%n",
        processor(),
        runtime.availableProcessors(),
        runtime.maxMemory() >> 20,
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("java.version"),
        vertx(),
        version());
  }

  /**
   * Returns the processor time of this process in nanoseconds, clients and simulated agents
   * included.
   */
  static long cpuNanos() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system.getProcessCpuTime();
  }

  private static String processor() {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
      return lines.stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  private static String vertx() {
    try (InputStream in =
        SystemInfo.class.getResourceAsStream("/META-INF/vertx/vertx-version.txt")) {
      return in == null ? "?" : new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
    } catch (IOException e) {
      return "?";
    }
  }

  private static String version() {
    String version = SystemInfo.class.getPackage().getImplementationVersion();
    return version == null ? "from classes" : version;
  }
}
