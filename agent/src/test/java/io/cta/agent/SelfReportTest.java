package io.cta.agent;

import static io.cta.agent.HeldStage.held;
import static io.cta.agent.TaskBuilder.script;
import static io.cta.agent.TaskBuilder.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Result;
import io.cta.domain.StatusSource;
import io.cta.message.StatusReport;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The loopback API by which tests report results of themselves. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SelfReportTest {
  private static final String RESULTS = "/results";
  private static final String LEGACY = "/testframework/teststatus";
  private static final String OK = "{\"status\":\"ok\"}";

  @TempDir static Path dir;
  private static TestServer server;
  private static InProcessAgent agent;

  @BeforeAll
  static void start() {
    server = new TestServer();
    agent = new InProcessAgent(server, dir, 4);
  }

  @AfterAll
  static void stop() {
    agent.close();
    server.close();
  }

  @Test
  void aReportedResultWinsOverTheExitCodeAndIsAnsweredWithItsIndex() {
    HeldStage test = begin("win", "exit 1");
    HttpResponse<String> answer = test.post(RESULTS, OK);
    assertEquals(201, answer.statusCode());
    assertEquals(1, new JsonObject(answer.body()).getInteger("index"));
    end(test, "win");
    StatusReport status = server.confirmedEvents.only("win");
    assertEquals(Result.OK, status.result());
    assertEquals(StatusSource.API, status.source());
    assertEquals("suite/t", status.testId());
    assertNull(status.name());
  }

  @Test
  void originalAgentApi_everyFieldIsKeptAndUnknownOnesAreCustom() {
    HeldStage test = begin("fields", "");
    JsonObject body =
        new JsonObject()
            .put("status", "failed")
            .put("name", "login")
            .put("description", "logs in")
            .put("message", "no button")
            .put("durationMs", 12)
            .put("screenshot", "shot.png")
            .put("custom", new JsonObject().put("build", 7));
    assertEquals(201, test.post(RESULTS, body.encode()).statusCode());
    end(test, "fields");
    StatusReport status = server.confirmedEvents.only("fields");
    assertEquals("login", status.name());
    assertEquals("logs in", status.description());
    assertEquals("no button", status.message());
    assertEquals(12, status.durationMs());
    assertEquals("shot.png", status.custom().getString("screenshot"));
    assertEquals(7, status.custom().getInteger("build"));
  }

  @Test
  void aTestIdOfTheTestsOwnIsACaseOfIt() {
    HeldStage test = begin("own", "");
    test.post(RESULTS, "{\"status\":\"ok\",\"testId\":\"case-7\"}");
    end(test, "own");
    assertEquals("suite/t", server.confirmedEvents.only("own").testId());
    assertEquals("case-7", server.confirmedEvents.only("own").name());
  }

  @Test
  void whatIsWrongIsSaidWithTheField() {
    HeldStage test = begin("wrong", "");
    assertWrong("status", test.post(RESULTS, "{\"status\":\"weird\"}"));
    assertWrong("status", test.post(RESULTS, "{\"name\":\"x\"}"));
    assertWrong("durationMs", test.post(RESULTS, "{\"status\":\"ok\",\"durationMs\":\"long\"}"));
    assertWrong("name", test.post(RESULTS, "{\"status\":\"ok\",\"name\":[1]}"));
    assertWrong(null, test.post(RESULTS, "no json"));
    assertWrong(null, test.post(RESULTS, "[]"));
    end(test, "wrong");
    // what the refused results said is unknown
    StatusReport status = server.confirmedEvents.only("wrong");
    assertEquals("resultRefused", status.reason());
    assertEquals(Result.INCONCLUSIVE, status.result());
    assertTrue(status.message().startsWith("6 results of the test"), status.message());
  }

  @Test
  void withoutTheTokenOfTheRunningTestNothingIsTaken() {
    server.run(task("token").test("a", held("a", "")).test("b", held("b", "")));
    HeldStage first = new HeldStage(dir, "token", "a");
    first.release();
    HeldStage second = new HeldStage(dir, "token", "b");
    assertEquals(401, second.post(RESULTS, OK, null).statusCode());
    assertEquals(401, second.post(RESULTS, OK, first.token).statusCode());
    assertEquals(401, second.post(LEGACY, OK, first.token).statusCode());
    assertEquals(201, second.post(RESULTS + "?token=" + second.token, OK, null).statusCode());
    end(second, "token");
  }

  @Test
  void anOldClientGivesItsTokenAndItsFieldsFindTheirPlaces() {
    HeldStage test = begin("legacy", "");
    JsonObject body =
        new JsonObject()
            .put("status", "FAILED")
            .put("id", "old-1")
            .put("message", "first")
            .put("screenshot", "s.png")
            .put("attachment", "a.zip")
            .put("build", "9");
    assertEquals(401, test.post(LEGACY, body.encode(), null).statusCode());
    body.put("token", test.token);
    assertEquals(201, test.post(LEGACY, body.encode(), null).statusCode());
    assertEquals(401, test.get(LEGACY + "?status=Ok").statusCode());
    String known = LEGACY + "?token=" + test.token;
    assertEquals(201, test.get(known + "&status=Ok&message=second&extra=1").statusCode());
    assertWrong("status", test.get(known + "&status=odd"));
    end(test, "legacy");
    List<StatusReport> statuses = server.confirmedEvents.statuses("legacy");
    assertEquals(3, statuses.size());
    assertEquals("resultRefused", statuses.get(2).reason());
    assertEquals(Result.FAILED, statuses.get(0).result());
    assertEquals("old-1", statuses.get(0).name());
    assertEquals("first", statuses.get(0).description());
    assertEquals("s.png", statuses.get(0).custom().getString("screenshot"));
    assertEquals("a.zip", statuses.get(0).custom().getString("attachment"));
    assertEquals("9", statuses.get(0).custom().getString("build"));
    assertEquals(Result.OK, statuses.get(1).result());
    assertEquals("second", statuses.get(1).name());
    assertEquals("1", statuses.get(1).custom().getString("extra"));
  }

  @Test
  void whatIsNestedWithoutEndIsRefused() {
    HeldStage test = begin("deep", "");
    String deep = "{\"a\":".repeat(60) + "1" + "}".repeat(60);
    assertWrong("custom", test.post(RESULTS, "{\"status\":\"ok\",\"more\":" + deep + "}"));
    assertWrong(null, test.post(RESULTS, "[".repeat(10_000) + "]".repeat(10_000)));
    end(test, "deep");
  }

  @Test
  void aPageInABrowserOnTheMachineIsRefused() throws Exception {
    HeldStage test = begin("page", "");
    URI url = URI.create(test.url);
    String[] heads = {
      "Host: evil.example:" + url.getPort(),
      "Host: 127.0.0.1.nip.io",
      "Host: " + url.getAuthority() + "\r\nOrigin: http://evil.example",
      "Host: " + url.getAuthority() + "\r\nOrigin: null"
    };
    for (String head : heads) {
      assertTrue(raw(url, test.token, head).startsWith("HTTP/1.1 403"), head);
    }
    String own = "Host: localhost:" + url.getPort() + "\r\nOrigin: http://localhost:3000";
    assertTrue(raw(url, test.token, own).startsWith("HTTP/1.1 201"));
    end(test, "page");
  }

  private static String raw(URI url, String token, String head) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", url.getPort())) {
      socket.setSoTimeout(10_000);
      String request =
          "POST /results HTTP/1.1\r\nConnection: close\r\nAuthorization: Bearer %s\r\n%s\r\n"
              + "Content-Length: %d\r\n\r\n%s";
      socket.getOutputStream().write(request.formatted(token, head, OK.length(), OK).getBytes());
      return new String(socket.getInputStream().readAllBytes());
    }
  }

  @Test
  void otherPathsAndMethodsAreRefused() {
    HeldStage test = begin("artifacts", "");
    assertEquals(404, test.post("/nowhere", "x").statusCode());
    assertEquals(405, test.get(RESULTS).statusCode());
    end(test, "artifacts");
  }

  @Test
  void aHugeBodyIsRefused() {
    HeldStage test = begin("huge", "");
    String huge = "{\"status\":\"ok\",\"name\":\"" + "x".repeat(2_000_000) + "\"}";
    assertEquals(413, test.post(RESULTS, huge).statusCode());
    String custom = "{\"status\":\"ok\",\"more\":\"" + "x".repeat(100_000) + "\"}";
    assertEquals(413, test.post(RESULTS, custom).statusCode());
    end(test, "huge");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void originalSecurity_theApiListensOnTheLoopbackInterfaceOnly() {
    server.run(
        script(
            "loopback",
            "port=${CTA_URL##*:}; hex=$(printf %04X $port); "
                + "grep -i \":$hex \" /proc/net/tcp /proc/net/tcp6 | grep ' 0A ' || :"));
    server.confirmedEvents.ended("loopback");
    List<String> listening = server.confirmedEvents.text("loopback").lines().toList();
    assertEquals(1, listening.size(), listening.toString());
    assertTrue(listening.get(0).contains("0100007F:"), listening.get(0));
  }

  private static HeldStage begin(String taskId, String then) {
    server.run(task(taskId).test("t", held("t", then)));
    return new HeldStage(dir, taskId, "t");
  }

  private static void end(HeldStage test, String taskId) {
    test.release();
    server.confirmedEvents.ended(taskId);
  }

  private static void assertWrong(String field, HttpResponse<String> answer) {
    assertEquals(400, answer.statusCode(), answer.body());
    assertEquals(field, new JsonObject(answer.body()).getString("field"), answer.body());
  }
}
