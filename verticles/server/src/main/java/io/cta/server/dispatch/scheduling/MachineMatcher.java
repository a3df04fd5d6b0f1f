package io.cta.server.dispatch.scheduling;

import io.cta.domain.Health;
import io.cta.domain.Machine;
import java.util.List;
import java.util.Map;

/** Decides whether a machine matches a configuration. Text is compared exactly. */
public final class MachineMatcher {
  private MachineMatcher() {}

  /** All criteria must hold; a retired machine matches nothing. */
  public static boolean matches(MachineCriteria c, Machine m) {
    return m.health() != Health.RETIRED
        && (c.machines().isEmpty()
            || c.machines().contains(m.id())
            || c.machines().contains(m.name()))
        && (c.groups().isEmpty() || m.groups().stream().anyMatch(c.groups()::contains))
        && m.labels().containsAll(c.labels())
        && (c.match().isEmpty() || matches(c.match(), m.matchable()));
  }

  private static boolean matches(
      Map<String, List<String>> wanted, Map<String, List<String>> found) {
    for (Map.Entry<String, List<String>> w : wanted.entrySet()) {
      List<String> values = found.getOrDefault(w.getKey(), List.of());
      if (w.getValue().stream().noneMatch(values::contains)) {
        return false;
      }
    }
    return true;
  }
}
