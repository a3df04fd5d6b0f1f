package io.cta.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.cta.broker.ConditionPoller;
import io.cta.message.MachineHello;
import io.cta.message.MessageTypes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An enrolled agent that is started again with other options reports those, not its first ones. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ChangedOptionsTest {
  @TempDir Path dir;
  private TestServer server;
  private AgentProcess agent;
  private int starts;

  @BeforeEach
  void start() {
    server = new TestServer();
    started("--name", "box", "--labels", "old,both", "--slots", "1", "--property", "rack=1");
    agent.kill();
  }

  @AfterEach
  void stop() {
    agent.close();
    server.close();
  }

  @Test
  void itReportsTheOptionsOfItsLatestStart() {
    MachineHello hello =
        started("--name", "other", "--labels", "new,both", "--slots", "3", "--property", "rack=2");
    assertEquals("other", hello.name());
    assertEquals(List.of("new", "both"), hello.labels());
    assertEquals(3, hello.slots());
    assertEquals(List.of("2"), hello.facts().get("rack"));
    assertEquals(1, server.enrolments.size());
  }

  @Test
  void itDoesNotReportOptionsThatAreGone() {
    MachineHello hello = started();
    assertNull(hello.name(), "a name that nobody chose renames nobody");
    assertEquals(List.of(), hello.labels());
    assertNull(hello.facts().get("rack"));
  }

  private MachineHello started(String... options) {
    List<String> arguments = new ArrayList<>(List.of("--server", server.url()));
    arguments.addAll(List.of("--token", TestServer.TOKEN));
    arguments.addAll(List.of("--data", dir.resolve("d").toString()));
    arguments.addAll(List.of(options));
    agent =
        new AgentProcess(dir.resolve("log"), Map.of(), List.of(), arguments.toArray(String[]::new));
    int expected = ++starts;
    ConditionPoller.holds("registration " + expected, () -> hellos().size() == expected);
    return hellos().get(expected - 1);
  }

  private List<MachineHello> hellos() {
    return server.confirmedEvents.of(MessageTypes.MACHINE_REGISTERED).stream()
        .map(event -> event.payloadAs(MachineHello.class))
        .toList();
  }
}
