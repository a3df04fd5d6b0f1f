package io.cta.server.registration;

import io.cta.domain.Health;
import io.cta.domain.Machine;
import io.cta.domain.MachineBuilder;
import io.cta.domain.MachinePresence;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Builds a changed copy of a machine; sets only the fields that software may change. */
final class MachineEdit {
  private final Machine from;
  private String name;
  private String hostname;
  private String ip;
  private Map<String, List<String>> facts;
  private List<String> labels;
  private int slots;
  private MachinePresence presence;
  private Health health;
  private String healthNote;
  private int failuresInRow;
  private int quarantines;
  private Instant quarantinedUntil;
  private String agentVersion;
  private Instant lastSeenAt;
  private String trouble;
  private List<String> notices;
  private List<String> agentLabels;
  private String agentName;

  MachineEdit(Machine m) {
    from = m;
    name = m.name();
    hostname = m.hostname();
    ip = m.ip();
    facts = m.facts();
    labels = m.labels();
    slots = m.slots();
    presence = m.presence();
    health = m.health();
    healthNote = m.healthNote();
    failuresInRow = m.failuresInRow();
    quarantines = m.quarantines();
    quarantinedUntil = m.quarantinedUntil();
    agentVersion = m.agentVersion();
    lastSeenAt = m.lastSeenAt();
    trouble = m.trouble();
    notices = m.notices();
    agentLabels = m.agentLabels();
    agentName = m.agentName();
  }

  MachineEdit host(String newHostname, String newIp, String newAgentVersion) {
    hostname = newHostname;
    ip = newIp;
    agentVersion = newAgentVersion;
    return this;
  }

  MachineEdit facts(Map<String, List<String>> value) {
    facts = value;
    return this;
  }

  MachineEdit name(String value) {
    name = value;
    return this;
  }

  MachineEdit labels(List<String> value) {
    labels = value;
    return this;
  }

  /** The labels and name that the agent was started with. */
  MachineEdit agentReported(List<String> newLabels, String newName) {
    agentLabels = newLabels;
    agentName = newName;
    return this;
  }

  MachineEdit slots(int value) {
    slots = value;
    return this;
  }

  MachineEdit presence(MachinePresence value) {
    presence = value;
    return this;
  }

  MachineEdit seen(Instant value) {
    lastSeenAt = value;
    return this;
  }

  MachineEdit trouble(String value) {
    trouble = value;
    return this;
  }

  MachineEdit failures(int inRow, int newQuarantines) {
    failuresInRow = inRow;
    quarantines = newQuarantines;
    return this;
  }

  MachineEdit health(Health value, String note, Instant until) {
    health = value;
    healthNote = note;
    quarantinedUntil = until;
    return this;
  }

  MachineEdit notices(List<String> value) {
    notices = value;
    return this;
  }

  Machine done() {
    return MachineBuilder.builder()
        .id(from.id())
        .name(name)
        .hostname(hostname)
        .ip(ip)
        .properties(from.properties())
        .facts(facts)
        .labels(labels)
        .groups(from.groups())
        .slots(slots)
        .presence(presence)
        .health(health)
        .healthNote(healthNote)
        .failuresInRow(failuresInRow)
        .quarantines(quarantines)
        .quarantinedUntil(quarantinedUntil)
        .agentVersion(agentVersion)
        .lastSeenAt(lastSeenAt)
        .createdAt(from.createdAt())
        .updatedAt(from.updatedAt())
        .trouble(trouble)
        .notices(notices)
        .agentLabels(agentLabels)
        .agentName(agentName)
        .build();
  }
}
