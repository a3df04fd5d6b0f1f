package io.cta.server.registration;

import io.cta.domain.Health;
import io.cta.domain.Machine;
import io.cta.domain.MachineBuilder;
import io.cta.domain.MachinePresence;
import io.cta.message.MachineHello;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds a machine's document from an agent's hello; keeps what people have set. */
final class HelloMapper {
  /** The fact with the slots the agent last reported, to recognise edits by people. */
  static final String SLOTS = "slots";

  private static final int MAX_NAME_CHARS = 120;

  private HelloMapper() {}

  /** The document of a new machine. */
  static Machine created(MachineHello hello, String name, Instant now) {
    return MachineBuilder.builder()
        .id(hello.machineId())
        .name(name)
        .hostname(hello.hostname())
        .ip(hello.ip())
        .properties(Map.of())
        .facts(facts(hello))
        .labels(hello.labels())
        .groups(List.of())
        .slots(Math.max(1, hello.slots()))
        .presence(MachinePresence.ONLINE)
        .health(Health.ACTIVE)
        .agentVersion(hello.agentVersion())
        .lastSeenAt(now)
        .createdAt(now)
        .updatedAt(now)
        .agentLabels(hello.labels())
        .agentName(hello.name() == null ? null : name(hello))
        .build();
  }

  /**
   * The known document with what the agent found out and was started with; takes its slots only if
   * no one has set others.
   */
  static Machine updated(Machine known, MachineHello hello, Instant now) {
    List<String> reportedSlots = known.facts().get(SLOTS);
    boolean edited =
        reportedSlots != null && !reportedSlots.equals(List.of(String.valueOf(known.slots())));
    return new MachineEdit(known)
        .host(hello.hostname(), hello.ip(), hello.agentVersion())
        .facts(facts(hello))
        .name(MachineNaming.next(known, hello))
        .labels(LabelMerge.merged(known.labels(), known.agentLabels(), hello.labels()))
        .agentReported(
            hello.labels() == null ? known.agentLabels() : hello.labels(),
            hello.name() == null ? known.agentName() : name(hello))
        .slots(edited ? known.slots() : Math.max(1, hello.slots()))
        .presence(MachinePresence.ONLINE)
        .seen(now)
        .done();
  }

  /** A name that documents accept, made from the agent's name or its host name. */
  static String name(MachineHello hello) {
    String wanted = hello.name() != null ? hello.name() : hello.hostname();
    String clean =
        wanted == null
            ? ""
            : wanted
                .replaceAll("[^\\p{L}\\p{M}\\p{N}._:@ +-]", "-")
                .replaceAll("^[^\\p{L}\\p{N}]+", "");
    String name = clean.isBlank() ? "machine-" + idSuffix(hello.machineId()) : clean;
    return name.substring(0, Math.min(MAX_NAME_CHARS, name.length()));
  }

  /** A name for the case that another machine has {@link #name}. */
  static String uniqueName(MachineHello hello) {
    String name = name(hello);
    return name.substring(0, Math.min(MAX_NAME_CHARS - 7, name.length()))
        + "-"
        + idSuffix(hello.machineId());
  }

  private static Map<String, List<String>> facts(MachineHello hello) {
    Map<String, List<String>> facts = new LinkedHashMap<>();
    if (hello.facts() != null) {
      facts.putAll(hello.facts());
    }
    facts.put(SLOTS, List.of(String.valueOf(Math.max(1, hello.slots()))));
    return facts;
  }

  private static String idSuffix(String id) {
    return id.substring(Math.max(0, id.length() - 6)).toLowerCase(java.util.Locale.ROOT);
  }
}
