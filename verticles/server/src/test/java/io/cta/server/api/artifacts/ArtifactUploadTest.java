package io.cta.server.api.artifacts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.State;
import io.cta.domain.TaskBuilder;
import io.cta.server.api.ApiServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent's upload: by parts, idempotent, fenced, and within its limits. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ArtifactUploadTest {
  private static final int MB = 1 << 20;

  private final ApiServer server = new ApiServer();
  private final AgentCalls agent = new AgentCalls(server, "one");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aLargeFileIsSentInPartsAndIsTheSameAfterwards() throws IOException {
    byte[] content = bytes(9 * MB, 1);
    assertEquals(0, agent.offer("big.bin", content).is(200).json().getLong("offset"));
    assertEquals(
        8 * MB, agent.send(content, 0, 8 * MB).is(200).json().getInteger("offset").intValue());
    JsonObject begun = agent.offer("big.bin", content).is(200).json();
    assertFalse(begun.getBoolean("complete"));
    assertEquals(8 * MB, begun.getInteger("offset"));
    agent.send(content, 8 * MB, content.length).is(200);
    assertTrue(agent.offer("big.bin", content).is(200).json().getBoolean("complete"));
    assertArrayEquals(content, Files.readAllBytes(kept(content)));
    assertEquals(1, listed().size());
  }

  @Test
  void aContentThatIsKnownIsNotAskedForAgain() {
    byte[] content = bytes(1000, 2);
    agent.keep("a.txt", content);
    agent.keep("a.txt", content);
    assertTrue(agent.offer("b/c.txt", content).is(200).json().getBoolean("complete"));
    AgentCalls other = new AgentCalls(server, "two");
    assertTrue(other.offer("a.txt", content).is(200).json().getBoolean("complete"));
    assertEquals(2, listed().size());
  }

  @Test
  void aFileThatWasWrittenAgainTakesThePlaceOfTheEarlierOne() {
    agent.keep("a.txt", bytes(10, 3));
    byte[] later = bytes(20, 4);
    agent.keep("a.txt", later);
    assertEquals(1, listed().size());
    assertEquals(AgentCalls.sha256(later), listed().getJsonObject(0).getString("sha256"));
  }

  @Test
  void anEmptyFileNeedsNoUpload() {
    assertTrue(agent.offer("empty.log", new byte[0]).is(200).json().getBoolean("complete"));
    assertEquals(0, listed().getJsonObject(0).getLong("size"));
  }

  @Test
  void aPartThatDoesNotFollowTheLastOneIsRefused() {
    byte[] content = bytes(1000, 5);
    agent.send(content, 500, 1000).is(412);
    agent.send(content, 0, 400).is(200);
    agent.send(content, 0, 400).is(412);
    agent.send(content, 300, 1000).is(412);
    agent.send(content, 400, 1000).is(200);
    assertTrue(agent.offer("a", content).is(200).json().getBoolean("complete"));
  }

  @Test
  void aContentWithAnotherDigestIsThrownAway() throws IOException {
    byte[] content = bytes(1000, 6);
    String other = AgentCalls.sha256(bytes(1000, 7));
    assertEquals(
        "X-CTA-SHA256", agent.send(content, 0, 1000, AgentCalls.FENCING, other).is(400).field());
    assertEquals(0, files());
    JsonObject offer = agent.offered("a", 1000, other);
    assertFalse(agent.offer(offer).is(200).json().getBoolean("complete"));
  }

  @Test
  void anUploadThatBreaksOffGoesOnWhereItEnded() throws Exception {
    byte[] content = bytes(4 * MB, 8);
    breakOff(content, 3 * MB);
    long offset = 0;
    while (offset == 0) { // until the server has noticed
      offset = agent.offer("a", content).is(200).json().getLong("offset");
    }
    int status = 0;
    while (status != 200) {
      offset = agent.offer("a", content).is(200).json().getLong("offset");
      status = agent.send(content, (int) offset, content.length).response().statusCode();
      assertTrue(status == 200 || status == 412 || status == 503, "answer " + status);
    }
    assertTrue(offset <= 3 * MB);
    assertTrue(agent.offer("a", content).is(200).json().getBoolean("complete"));
    assertArrayEquals(content, Files.readAllBytes(kept(content)));
  }

  @Test
  void onlyTheMachineThatRunsTheAttemptMaySend() {
    byte[] content = bytes(10, 9);
    AgentCalls other = new AgentCalls(server, "two");
    other.offer(agent.offered("a", 10, AgentCalls.sha256(content))).is(409);
    agent.offer(agent.offered("a", 10, AgentCalls.sha256(content)).put("token", "x")).is(409);
    agent.send(content, 0, 10, "x", AgentCalls.sha256(content)).is(409);
    server.admin().post("/api/v1/agents/artifacts", agent.offered("a", 1, "0".repeat(64))).is(403);
    ApiServer.wait(
        server.stores.tasks.update(
            agent.task, t -> TaskBuilder.builder(t).state(State.FINISHED).build()));
    agent.offer("a", content).is(409);
    assertEquals(0, listed().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "/etc/passwd",
        "a/../../b",
        "a//b",
        "./a",
        "a/.",
        "..",
        "C:/x",
        "a\\b",
        "a\nb",
        "a\u0000b",
        "a\u001b[2Jb",
        "x\u202egnp.exe",
        ".git/config",
        "sub/.GIT/hooks/x"
      })
  void aHostileNameIsRefused(String path) {
    assertEquals("path", agent.offer(path, bytes(1, 10)).is(400).field());
    assertEquals(0, listed().size());
  }

  @Test
  void limitsOfFileAttemptAndNumberHold() {
    String sha = "1".repeat(64);
    assertEquals(
        "size", agent.offer(agent.offered("a", ApiServer.MAX_ARTIFACT + 1, sha)).is(413).field());
    agent.offer(agent.offered("a", ApiServer.MAX_ARTIFACT, sha)).is(200);
    agent.offer(agent.offered("b", ApiServer.MAX_ARTIFACT, "2".repeat(64))).is(200);
    assertEquals("size", agent.offer(agent.offered("c", 1, "3".repeat(64))).is(413).field());
    for (String path : new String[] {"d", "e", "f"}) {
      agent.offer(agent.offered(path, ApiServer.MAX_ARTIFACT, sha)).is(200);
    }
    assertEquals(
        "path", agent.offer(agent.offered("g", ApiServer.MAX_ARTIFACT, sha)).is(413).field());
    agent.offer(agent.offered("f", ApiServer.MAX_ARTIFACT, sha)).is(200);
  }

  @Test
  void aPartHasALimitOfItsOwn() {
    byte[] content = bytes(8 * MB + 1, 11);
    assertEquals("Content-Length", agent.send(content, 0, content.length).is(413).field());
    byte[] small = bytes(10, 12);
    server
        .admin()
        .send("PUT", "/api/v1/agents/artifacts/" + agent.task, "{}", java.util.Map.of())
        .is(403);
    assertEquals(200, agent.send(small, 0, 10).response().statusCode());
  }

  /** Sends a head that announces all of a content, a part of it, and closes the connection. */
  private void breakOff(byte[] content, int sent) throws IOException {
    URI uri = URI.create(server.url());
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          agent
              .head(content.length, AgentCalls.sha256(content))
              .getBytes(StandardCharsets.US_ASCII));
      out.write(content, 0, sent);
      out.flush();
    }
  }

  private JsonArray listed() {
    return server
        .admin()
        .get("/api/v1/executions/" + agent.execution + "/artifacts")
        .is(200)
        .json()
        .getJsonArray("items");
  }

  private Path kept(byte[] content) {
    String sha256 = AgentCalls.sha256(content);
    return server.files.resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(server.files)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  static byte[] bytes(int count, int seed) {
    byte[] out = new byte[count];
    new Random(seed).nextBytes(out);
    return out;
  }
}
