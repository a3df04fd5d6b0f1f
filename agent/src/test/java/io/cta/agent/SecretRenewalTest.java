package io.cta.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.ConditionPoller;
import io.cta.message.MessageTypes;
import io.cta.message.SecretRenew;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent gets another token at each connection, and leaves when it is the copy of another one.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SecretRenewalTest {
  @TempDir Path dir;
  private final AtomicInteger handedOut = new AtomicInteger();
  private final List<String> onDisk = new CopyOnWriteArrayList<>();
  private TestServer server;
  private AgentProcess agent;

  @BeforeEach
  void start() {
    server = new TestServer();
  }

  @AfterEach
  void stop() {
    agent.close();
    server.close();
  }

  @Test
  void theNextTokenIsOnDiskBeforeItIsShownAndIsTheOneFromThenOn() {
    server.renewing(this::renew);
    agent = AgentProcess.of(server, dir);
    shown(2);
    agent.kill();
    agent = AgentProcess.of(server, dir);
    shown(4);
    assertEquals(List.of("agent-token", "t1", "t1", "t2"), server.shown);
    assertEquals(List.of("t1", "t2"), onDisk);
    assertEquals("[\"t1\",\"agent-token\"]", identity().getJsonArray("earlier").encode());
    assertEquals(1, server.enrolments.size());
  }

  @Test
  void theServerMayHaveItRenewAtAnyTime() {
    server.renewing(this::renew);
    agent = AgentProcess.of(server, dir);
    shown(2);
    server.toMachine(MessageTypes.SECRET_RENEW, new SecretRenew(TestServer.MACHINE));
    shown(4);
    assertEquals("t2", server.shown.get(3));
  }

  @Test
  void aCopyLeavesAndSaysWhy() {
    server.renewing((token, asked) -> new JsonObject().put("detail", "this is a copy"));
    agent = AgentProcess.of(server, dir);
    assertEquals(77, agent.exitCode());
    assertTrue(agent.output().contains("refuses this machine"), agent.output());
    assertTrue(agent.output().contains("this is a copy"), agent.output());
    assertEquals("agent-token", identity().getString("token"));
  }

  @Test
  void withAServerOfAnEarlierVersionTheTokenStays() {
    agent = AgentProcess.of(server, dir);
    ConditionPoller.holds(
        "its hello", () -> !server.confirmedEvents.of(MessageTypes.MACHINE_REGISTERED).isEmpty());
    assertEquals("agent-token", identity().getString("token"));
    assertFalse(agent.output().contains("not renewed"), agent.output());
  }

  @Test
  void anAgentWithADirectLinkShowsItsTokenToTheServerBeforeItConnects() {
    server.renewing((token, asked) -> new JsonObject().put("detail", "this is a copy"));
    agent = AgentProcess.of(server, dir, "--link", "rabbitmq", "--rabbitmq", "amqp://127.0.0.1:1/");
    assertEquals(77, agent.exitCode());
    assertFalse(agent.output().contains("not connected"), agent.output());
  }

  private JsonObject renew(String token, JsonObject asked) {
    JsonObject answer = new JsonObject().put("name", "box");
    if (asked.getBoolean("isKept", false)) {
      onDisk.add(identity().getString("token"));
      return answer;
    }
    return answer.put("token", "t" + handedOut.incrementAndGet());
  }

  private void shown(int times) {
    ConditionPoller.holds(times + " tokens to be shown", () -> server.shown.size() >= times);
  }

  private JsonObject identity() {
    try {
      return new JsonObject(Files.readString(dir.resolve("d/identity.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
