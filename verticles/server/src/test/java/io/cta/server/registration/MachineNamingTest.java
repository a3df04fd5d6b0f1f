package io.cta.server.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.Machine;
import io.cta.message.MachineHello;
import io.cta.message.MachineHelloBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class MachineNamingTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String NOTICE =
      "its agent asks for the name b, which another machine has: it is still called a";

  @ParameterizedTest(name = "called {0}, asked for {1}, asks for {2}: {3}")
  @CsvSource({
    "a, a, b, b",
    "a, a, a, a",
    "by-people, a, a, by-people",
    "by-people, a, b, b",
    "a, a, , a",
    "a, , b, a",
    "a, a, b/c, b-c"
  })
  void onlyAnotherNameThanBeforeIsTried(String name, String before, String says, String next) {
    assertEquals(next, MachineNaming.next(machine(name, before), hello(says)));
  }

  @Test
  void aNameThatAnotherMachineHasGetsANoticeAndIsTriedAgain() {
    Machine known = machine("a", "a");
    Machine kept = refused(known, "b");
    assertEquals("a", kept.name());
    assertEquals(List.of(NOTICE), kept.notices());
    assertEquals(List.of(NOTICE), MachineNaming.current(kept));
    assertEquals("b", MachineNaming.next(kept, hello("b")));
    assertEquals(List.of(NOTICE), refused(kept, "b").notices());
  }

  @Test
  void theNoticeIsOverWhenTheAgentAsksForSomethingElseOrTheMachineIsRenamed() {
    Machine kept = refused(machine("a", "a"), "b");
    assertEquals(List.of(), MachineNaming.current(again(kept, "a")));
    Machine byPeople = new MachineEdit(kept).name("c").done();
    assertEquals(List.of(), MachineNaming.current(byPeople));
    assertEquals("c", MachineNaming.next(byPeople, hello("b")));
  }

  private static Machine refused(Machine known, String asked) {
    return MachineNaming.refused(known, again(known, asked));
  }

  private static Machine again(Machine known, String asked) {
    return HelloMapper.updated(known, hello(asked), NOW);
  }

  private static Machine machine(String name, String agentName) {
    Machine fresh = HelloMapper.created(hello(agentName), name, NOW);
    assertEquals(agentName, fresh.agentName());
    return fresh;
  }

  private static MachineHello hello(String name) {
    return MachineHelloBuilder.builder()
        .machineId("id")
        .session("s")
        .name(name)
        .hostname("host")
        .ip("192.0.2.1")
        .facts(Map.of())
        .labels(List.of())
        .slots(1)
        .agentVersion("1")
        .tasks(List.of())
        .build();
  }
}
