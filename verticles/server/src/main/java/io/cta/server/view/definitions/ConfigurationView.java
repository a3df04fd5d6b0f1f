package io.cta.server.view.definitions;

import io.cta.domain.Configuration;
import io.cta.domain.OfflinePolicy;
import io.cta.domain.RunMode;
import io.cta.server.view.OutwardView;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** On which machines tests run, and how. */
public record ConfigurationView(
    String id,
    String name,
    String description,
    RunMode mode,
    List<String> machines,
    List<String> groups,
    List<String> labels,
    Map<String, List<String>> match,
    Integer minimum,
    Integer maxParallel,
    OfflinePolicy offline,
    Instant createdAt,
    Instant updatedAt)
    implements OutwardView {
  /** Returns null for null. */
  public static ConfigurationView of(Configuration c) {
    return c == null
        ? null
        : new ConfigurationView(
            c.id(),
            c.name(),
            c.description(),
            c.mode(),
            c.machines(),
            c.groups(),
            c.labels(),
            c.match(),
            c.minimum(),
            c.maxParallel(),
            c.offline(),
            c.createdAt(),
            c.updatedAt());
  }
}
