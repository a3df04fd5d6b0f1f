package io.cta.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A file of {@code name: value} lines, such as {@code /proc/PID/io} and {@code /proc/PID/status}.
 */
record ProcFields(Map<String, String> values) {
  static ProcFields of(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  static ProcFields parse(String text) {
    Map<String, String> values = new HashMap<>();
    for (String line : text.lines().toList()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        values.put(line.substring(0, colon).trim(), line.substring(colon + 1).trim());
      }
    }
    return new ProcFields(Map.copyOf(values));
  }

  /** Returns the number with which a value begins; 0 if there is no such field. */
  long number(String name) {
    String value = values.getOrDefault(name, "0");
    return Long.parseLong(value.split("\\s+")[0]);
  }
}
