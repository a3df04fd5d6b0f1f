package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A host with an agent.
 *
 * @param properties set by people; never overwritten by the agent
 * @param facts what the agent found: platform, hostname, arch, jdk, tools
 * @param labels set by people, and those its agent was started with
 * @param slots tasks it takes at a time, 1 to 1000
 * @param presence whether the server hears from its agent
 * @param health what people or the circuit breaker decided
 * @param failuresInRow infrastructure failures since the last finished task
 * @param quarantines quarantines in a row, each twice as long as the one before
 * @param lastSeenAt refreshed once a minute while online
 * @param trouble why its agent takes no tasks for now, in the agent's words, such as a disk that is
 *     low; null when it takes them
 * @param notices what people should know about it now: a clock that differs, a suspension
 * @param agentLabels the labels that its agent named last; null while unknown
 * @param agentName the name that its agent asked for last; null while unknown
 */
@RecordBuilder
public record Machine(
    String id,
    String name,
    String hostname,
    String ip,
    Map<String, List<String>> properties,
    Map<String, List<String>> facts,
    List<String> labels,
    List<String> groups,
    Integer slots,
    MachinePresence presence,
    Health health,
    String healthNote,
    Integer failuresInRow,
    Integer quarantines,
    Instant quarantinedUntil,
    String agentVersion,
    Instant lastSeenAt,
    Instant createdAt,
    Instant updatedAt,
    String trouble,
    List<String> notices,
    List<String> agentLabels,
    String agentName) {
  public Machine {
    name = FieldChecks.name("name", name);
    properties = MachineProperties.copy(properties);
    facts = MachineProperties.copy(facts);
    labels = FieldChecks.list(labels);
    groups = FieldChecks.list(groups);
    slots = FieldChecks.range("slots", FieldChecks.or(slots, 1), 1, 1000);
    presence = FieldChecks.or(presence, MachinePresence.OFFLINE);
    health = FieldChecks.or(health, Health.ACTIVE);
    failuresInRow = FieldChecks.or(failuresInRow, 0);
    quarantines = FieldChecks.or(quarantines, 0);
    notices = FieldChecks.list(notices);
    agentLabels = agentLabels == null ? null : List.copyOf(agentLabels);
  }

  /** Facts and properties together, as configurations match them; properties win. */
  public Map<String, List<String>> matchable() {
    return MachineProperties.merge(facts, properties);
  }
}
