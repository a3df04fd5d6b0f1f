package io.cta.domain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Machine properties: a key has one or several values. A single value may be written bare. */
public final class MachineProperties {
  private MachineProperties() {}

  static Map<String, List<String>> copy(Map<String, List<String>> in) {
    if (in == null) {
      return Map.of();
    }
    Map<String, List<String>> out = new LinkedHashMap<>();
    in.forEach((key, values) -> out.put(key, FieldChecks.list(values)));
    return java.util.Collections.unmodifiableMap(out);
  }

  /** Both together; where a key is in both, {@code over} wins. */
  public static Map<String, List<String>> merge(
      Map<String, List<String>> under, Map<String, List<String>> over) {
    Map<String, List<String>> out = new LinkedHashMap<>(under);
    out.putAll(over);
    return out;
  }
}
