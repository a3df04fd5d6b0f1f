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

/** What a hello makes of a machine's document. What people set stays. */
final class HelloMapper {
  /** The fact that keeps what the agent last said of its slots, to tell people's edits apart. */
  static final String SLOTS = "slots";

  private static final int MAX_NAME = 120;

  private HelloMapper() {}

  /** The document of a machine that nobody has heard of. */
  static Machine fresh(MachineHello hello, String name, Instant now) {
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
   * The known document with what the agent found and was started with; its slots only while no one
   * set others.
   */
  static Machine again(Machine known, MachineHello hello, Instant now) {
    List<String> said = known.facts().get(SLOTS);
    boolean edited = said != null && !said.equals(List.of(String.valueOf(known.slots())));
    return new MachineEdit(known)
        .host(hello.hostname(), hello.ip(), hello.agentVersion())
        .facts(facts(hello))
        .name(MachineNaming.next(known, hello))
        .labels(LabelMerge.merged(known.labels(), known.agentLabels(), hello.labels()))
        .agentSaid(
            hello.labels() == null ? known.agentLabels() : hello.labels(),
            hello.name() == null ? known.agentName() : name(hello))
        .slots(edited ? known.slots() : Math.max(1, hello.slots()))
        .presence(MachinePresence.ONLINE)
        .seen(now)
        .done();
  }

  /** A name that documents accept, from what the agent or its host is called. */
  static String name(MachineHello hello) {
    String wanted = hello.name() != null ? hello.name() : hello.hostname();
    String clean =
        wanted == null
            ? ""
            : wanted
                .replaceAll("[^\\p{L}\\p{M}\\p{N}._:@ +-]", "-")
                .replaceAll("^[^\\p{L}\\p{N}]+", "");
    String name = clean.isBlank() ? "machine-" + tail(hello.machineId()) : clean;
    return name.substring(0, Math.min(MAX_NAME, name.length()));
  }

  /** For a name that another machine has. */
  static String nameApart(MachineHello hello) {
    String name = name(hello);
    return name.substring(0, Math.min(MAX_NAME - 7, name.length())) + "-" + tail(hello.machineId());
  }

  private static Map<String, List<String>> facts(MachineHello hello) {
    Map<String, List<String>> facts = new LinkedHashMap<>();
    if (hello.facts() != null) {
      facts.putAll(hello.facts());
    }
    facts.put(SLOTS, List.of(String.valueOf(Math.max(1, hello.slots()))));
    return facts;
  }

  private static String tail(String id) {
    return id.substring(Math.max(0, id.length() - 6)).toLowerCase(java.util.Locale.ROOT);
  }
}
