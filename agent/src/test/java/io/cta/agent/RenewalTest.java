package io.cta.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.message.SecretRenew;
import io.cta.message.Types;
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
class RenewalTest {
  @TempDir Path dir;
  private final AtomicInteger handedOut = new AtomicInteger();
  private final List<String> onDisk = new CopyOnWriteArrayList<>();
  private TestServer server;
  private OwnProcess agent;

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
    agent = OwnProcess.of(server, dir);
    shown(2);
    agent.kill();
    agent = OwnProcess.of(server, dir);
    shown(4);
    assertEquals(List.of("agent-token", "t1", "t1", "t2"), server.shown);
    assertEquals(List.of("t1", "t2"), onDisk);
    assertEquals("[\"t1\",\"agent-token\"]", identity().getJsonArray("earlier").encode());
    assertEquals(1, server.enrolments.size());
  }

  @Test
  void theServerMayHaveItRenewAtAnyTime() {
    server.renewing(this::renew);
    agent = OwnProcess.of(server, dir);
    shown(2);
    server.toMachine(Types.SECRET_RENEW, new SecretRenew(TestServer.MACHINE));
    shown(4);
    assertEquals("t2", server.shown.get(3));
  }

  @Test
  void aCopyLeavesAndSaysWhy() {
    server.renewing((token, asked) -> new JsonObject().put("detail", "this is a copy"));
    agent = OwnProcess.of(server, dir);
    assertEquals(77, agent.exitCode());
    assertTrue(agent.output().contains("refuses this machine"), agent.output());
    assertTrue(agent.output().contains("this is a copy"), agent.output());
    assertEquals("agent-token", identity().getString("token"));
  }

  @Test
  void withAServerOfAnEarlierVersionTheTokenStays() {
    agent = OwnProcess.of(server, dir);
    Until.holds("its hello", () -> !server.events.of(Types.MACHINE_REGISTERED).isEmpty());
    assertEquals("agent-token", identity().getString("token"));
    assertFalse(agent.output().contains("not renewed"), agent.output());
  }

  @Test
  void anAgentWithADirectLinkShowsItsTokenToTheServerBeforeItConnects() {
    server.renewing((token, asked) -> new JsonObject().put("detail", "this is a copy"));
    agent = OwnProcess.of(server, dir, "--link", "rabbitmq", "--rabbitmq", "amqp://127.0.0.1:1/");
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
    Until.holds(times + " tokens to be shown", () -> server.shown.size() >= times);
  }

  private JsonObject identity() {
    try {
      return new JsonObject(Files.readString(dir.resolve("d/identity.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
