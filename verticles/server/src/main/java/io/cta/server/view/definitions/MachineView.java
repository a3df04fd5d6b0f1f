package io.cta.server.view.definitions;

import io.cta.domain.Health;
import io.cta.domain.Machine;
import io.cta.domain.MachinePresence;
import io.cta.server.view.OutwardView;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A machine that runs an agent. */
public record MachineView(
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
    String agentName)
    implements OutwardView {
  public static MachineView of(Machine m) {
    return new MachineView(
        m.id(),
        m.name(),
        m.hostname(),
        m.ip(),
        m.properties(),
        m.facts(),
        m.labels(),
        m.groups(),
        m.slots(),
        m.presence(),
        m.health(),
        m.healthNote(),
        m.failuresInRow(),
        m.quarantines(),
        m.quarantinedUntil(),
        m.agentVersion(),
        m.lastSeenAt(),
        m.createdAt(),
        m.updatedAt(),
        m.trouble(),
        m.notices(),
        m.agentLabels(),
        m.agentName());
  }
}
