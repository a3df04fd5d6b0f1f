package io.cta.server.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Health;
import io.cta.domain.Machine;
import io.cta.domain.MachineBuilder;
import io.cta.domain.MachinePresence;
import io.cta.message.MachineHello;
import io.cta.message.MachineHelloBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class HelloMapperTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  @DisplayName("properties that people set survive a registration")
  void peoplesFieldsSurvive() {
    Machine fresh = HelloMapper.created(hello("box", 2), "box", NOW);
    Machine edited = edited(fresh, 2);
    Machine again = HelloMapper.updated(edited, hello("renamed-host", 2), NOW.plusSeconds(60));
    assertEquals("kept", again.name());
    assertEquals(Map.of("rack", List.of("7")), again.properties());
    assertEquals(List.of("mine"), again.labels());
    assertEquals(List.of("team"), again.groups());
    assertEquals(Health.MAINTENANCE, again.health());
    assertEquals("new disk", again.healthNote());
    assertEquals("renamed-host", again.hostname());
    assertEquals(MachinePresence.ONLINE, again.presence());
    assertEquals(NOW.plusSeconds(60), again.lastSeenAt());
    assertEquals(List.of("linux"), again.facts().get("platform"));
  }

  @Test
  void slotsFollowTheAgentUntilPeopleSetThem() {
    Machine fresh = HelloMapper.created(hello("box", 2), "box", NOW);
    Machine grown = HelloMapper.updated(fresh, hello("box", 4), NOW);
    assertEquals(4, grown.slots());
    Machine edited = edited(grown, 3);
    assertEquals(3, HelloMapper.updated(edited, hello("box", 8), NOW).slots());
  }

  @Test
  void factsAreThoseThatTheAgentReportedLast() {
    Map<String, List<String>> first = Map.of("rack", List.of("1"), "old", List.of("yes"));
    Map<String, List<String>> next = Map.of("rack", List.of("2"));
    Machine fresh = HelloMapper.created(hello("box", 1, first), "box", NOW);
    Machine edited = edited(fresh, 1);
    Machine again = HelloMapper.updated(edited, hello("box", 1, next), NOW);
    assertEquals(List.of("2"), again.facts().get("rack"));
    assertEquals(null, again.facts().get("old"));
    // a property set by people overrides the fact
    assertEquals(List.of("7"), again.matchable().get("rack"));
  }

  @ParameterizedTest
  @CsvSource({
    "box.example.org, box.example.org",
    "a/b, a-b",
    "-x, x",
    "'', machine-abcdef",
    "'/', machine-abcdef"
  })
  void everyHostGetsANameThatDocumentsAccept(String hostname, String name) {
    MachineHello hello = hello(hostname, 1);
    assertEquals(name, HelloMapper.name(hello));
    assertTrue(HelloMapper.uniqueName(hello).endsWith("-abcdef"));
    HelloMapper.created(hello, HelloMapper.uniqueName(hello), NOW);
  }

  private static MachineHello hello(String hostname, int slots) {
    return hello(hostname, slots, Map.of("platform", List.of("linux")));
  }

  private static MachineHello hello(String hostname, int slots, Map<String, List<String>> facts) {
    return MachineHelloBuilder.builder()
        .machineId("01XABCDEF")
        .session("session")
        .hostname(hostname)
        .ip("192.0.2.7")
        .facts(facts)
        .labels(List.of("given"))
        .slots(slots)
        .agentVersion("2")
        .tasks(List.of())
        .build();
  }

  private static Machine edited(Machine m, int slots) {
    return MachineBuilder.builder(m)
        .name("kept")
        .properties(Map.of("rack", List.of("7")))
        .labels(List.of("mine"))
        .groups(List.of("team"))
        .slots(slots)
        .health(Health.MAINTENANCE)
        .healthNote("new disk")
        .quarantinedUntil(null)
        .updatedAt(NOW)
        .trouble(null)
        .notices(null)
        .build();
  }
}
