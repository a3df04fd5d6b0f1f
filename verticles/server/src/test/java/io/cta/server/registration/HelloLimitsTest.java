package io.cta.server.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.domain.AttemptRef;
import io.cta.error.ServiceFailure;
import io.cta.message.MachineGone;
import io.cta.message.MachineHeartbeat;
import io.cta.message.MachineHello;
import io.cta.message.MachineHelloBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Normal messages of agents are accepted; oversized and incomplete ones are refused. */
class HelloLimitsTest {
  private static final String LONG = "x".repeat(1_001);

  @Test
  void normal_messages_are_accepted() {
    HelloLimits.check(hello("n", Map.of("jdk", List.of("17", "21")), List.of("lab"), List.of()));
    HelloLimits.check(hello(null, null, null, null));
    HelloLimits.check(new MachineHeartbeat("m", "s", -1, -1, 0, false, null, null));
    HelloLimits.check(new MachineGone("m", "s", null));
  }

  @Test
  void oversized_texts_and_lists_are_refused_with_the_field_name() {
    refused("name", hello(LONG, null, null, null));
    refused("labels", hello("n", null, Collections.nCopies(1_001, "l"), null));
    refused("labels", hello("n", null, List.of(LONG), null));
    refused("facts.jdk", hello("n", Map.of("jdk", Collections.nCopies(101, "17")), null, null));
    refused("tasks.taskId", hello("n", null, null, List.of(new AttemptRef(LONG, 1, "t"))));
  }

  @Test
  void missing_values_are_refused_with_the_field_name() {
    List<String> nothing = new ArrayList<>();
    nothing.add(null);
    refused("labels", hello("n", null, nothing, null));
    refused("tasks.token", hello("n", null, null, List.of(new AttemptRef("t", 1, null))));
    refused("session", () -> HelloLimits.check(new MachineGone("m", null, "gone")));
    refused(
        "session",
        () -> HelloLimits.check(new MachineHeartbeat("m", null, 0, 0, 0, false, null, null)));
  }

  @Test
  void a_load_that_is_no_number_is_refused() {
    refused(
        "load",
        () ->
            HelloLimits.check(new MachineHeartbeat("m", "s", Double.NaN, 0, 0, false, null, null)));
  }

  private static MachineHello hello(
      String name, Map<String, List<String>> facts, List<String> labels, List<AttemptRef> tasks) {
    return MachineHelloBuilder.builder()
        .machineId("m")
        .session("s")
        .name(name)
        .hostname("host")
        .ip("192.0.2.1")
        .facts(facts)
        .labels(labels)
        .slots(1)
        .agentVersion("1")
        .tasks(tasks)
        .build();
  }

  private static void refused(String field, MachineHello hello) {
    refused(field, () -> HelloLimits.check(hello));
  }

  private static void refused(String field, Runnable check) {
    assertEquals(field, assertThrows(ServiceFailure.class, check::run).field());
  }
}
