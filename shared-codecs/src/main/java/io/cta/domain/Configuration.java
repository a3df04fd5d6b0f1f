package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Which machines run a scenario, and how. All criteria must hold; with none at all every machine
 * matches.
 *
 * @param machines ids or names, any of them
 * @param groups machine groups, any of them
 * @param labels every one of them
 * @param match property to accepted values: every key, any value of it
 * @param minimum machines that must be there to start, 1 or more
 * @param maxParallel machines at work at a time, 0 for no limit
 * @param offline default {@code wait}
 */
@RecordBuilder
public record Configuration(
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
    Instant updatedAt) {
  public Configuration {
    name = FieldChecks.name("name", name);
    mode = FieldChecks.or(mode, RunMode.MONO);
    machines = FieldChecks.list(machines);
    groups = FieldChecks.list(groups);
    labels = FieldChecks.list(labels);
    match = MachineProperties.copy(match);
    minimum = FieldChecks.range("minimum", FieldChecks.or(minimum, 1), 1, 100_000);
    maxParallel = FieldChecks.range("maxParallel", FieldChecks.or(maxParallel, 0), 0, 100_000);
    offline = FieldChecks.or(offline, OfflinePolicy.WAIT);
  }
}
