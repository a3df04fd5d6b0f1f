package io.cta.server.api.artifacts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.s3.S3Server;
import io.cta.s3.S3Address;
import io.cta.s3.S3Credentials;
import io.cta.s3.S3Endpoint;
import io.cta.server.api.ApiServer;
import io.cta.server.artifacts.BucketSettings;
import io.cta.time.TimeSource;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Artifacts of agents whose contents are in a bucket. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class BucketArtifactsTest {
  private static final int MB = 1 << 20;

  private S3Server s3;
  private Path bucket;
  private ApiServer server;
  private AgentCalls agent;

  @BeforeEach
  void start() {
    s3 = S3Server.start();
    bucket = s3.bucket("team");
    server = new ApiServer(settings());
    agent = new AgentCalls(server, "one");
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
    if (s3 != null) {
      s3.close();
    }
  }

  private BucketSettings settings() {
    return new BucketSettings(
        S3Address.parse("s3://team/cta/").orElseThrow(),
        S3Endpoint.of(s3.url(), "team", null),
        S3Endpoint.DEFAULT_REGION,
        new S3Credentials(S3Server.ACCESS_KEY, S3Server.SECRET_KEY, null),
        TimeSource.system());
  }

  @Test
  void aFileGoesThroughTheServerIntoTheBucketAndBack() throws Exception {
    byte[] content = ArtifactUploadTest.bytes(9 * MB, 1);
    assertEquals(0, agent.offer("shot.png", content).is(200).json().getLong("offset"));
    agent.send(content, 0, 8 * MB).is(200);
    agent.send(content, 8 * MB, content.length).is(200);
    assertTrue(agent.offer("shot.png", content).is(200).json().getBoolean("complete"));
    assertArrayEquals(content, Files.readAllBytes(object(content)));
    assertEquals(List.of(), staged());
    HttpResponse<byte[]> answer = get();
    assertEquals(200, answer.statusCode());
    assertArrayEquals(content, answer.body());
    assertEquals("image/png", header(answer, "Content-Type"));
    assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
    assertTrue(header(answer, "Content-Security-Policy").startsWith("sandbox;"));
    assertTrue(answer.headers().map().keySet().stream().noneMatch(h -> h.startsWith("x-amz")));
  }

  @Test
  void aContentThatAnotherServerHasPutThereIsNotAskedFor() {
    byte[] content = ArtifactUploadTest.bytes(1000, 2);
    agent.keep("a.txt", content);
    try (ApiServer second = new ApiServer(settings())) {
      AgentCalls other = new AgentCalls(second, "two");
      assertTrue(other.offer("b.txt", content).is(200).json().getBoolean("complete"));
    }
    agent.keep("empty.log", new byte[0]);
    assertEquals(2, listed().size());
  }

  @Test
  void aStoreThatIsAwayIs503AndNothingIsSentTwiceWhenItIsBack() throws Exception {
    byte[] content = ArtifactUploadTest.bytes(2 * MB, 3);
    agent.offer("a.bin", content).is(200);
    agent.send(content, 0, MB).is(200);
    s3.stop();
    agent.send(content, MB, content.length).is(503);
    agent.offer("a.bin", content).is(503);
    assertEquals(0, listed().size());
    assertEquals(1, staged().size());
    s3.startAgain();
    assertTrue(agent.offer("a.bin", content).is(200).json().getBoolean("complete"));
    assertEquals(List.of(), staged());
    assertArrayEquals(content, get().body());
    s3.stop();
    assertEquals(503, get().statusCode());
  }

  @Test
  void aStagedFileWithAnotherContentIsSentAgain() throws Exception {
    byte[] content = ArtifactUploadTest.bytes(MB, 4);
    s3.stop();
    agent.send(content, 0, content.length).is(503);
    Files.write(staged().get(0), new byte[content.length]);
    s3.startAgain();
    var progress = agent.offer("a.bin", content).is(200).json();
    assertFalse(progress.getBoolean("complete"));
    assertEquals(0, progress.getInteger("offset"));
    agent.keep("a.bin", content);
    assertArrayEquals(content, get().body());
  }

  @Test
  void aContentThatWasDeletedInTheBucketIs404AndSentAgain() throws Exception {
    byte[] content = ArtifactUploadTest.bytes(1000, 5);
    agent.keep("a.txt", content);
    Files.delete(object(content));
    assertEquals(404, get().statusCode());
    assertFalse(agent.offer("a.txt", content).is(200).json().getBoolean("complete"));
    agent.keep("a.txt", content);
    assertArrayEquals(content, get().body());
  }

  @Test
  void aRemovalWhileTheStoreIsAwayFailsNothingAndIsSweptLater() throws Exception {
    byte[] content = ArtifactUploadTest.bytes(1000, 6);
    agent.keep("a.txt", content);
    String sha256 = AgentCalls.sha256(content);
    ApiServer.wait(server.artifacts.remover().remove(List.of(sha256)));
    assertTrue(Files.exists(object(content)), "an artifact refers to it");
    String id = listed().getJsonObject(0).getString("id");
    ApiServer.wait(
        server
            .stores
            .artifacts
            .get(id)
            .compose(
                found ->
                    server.stores.documents.apply(
                        List.of(
                            new io.cta.server.store.DocumentWrite.Delete(
                                io.cta.server.store.StoreCollections.ARTIFACTS,
                                id,
                                found.version())))));
    s3.stop();
    ApiServer.wait(server.artifacts.remover().remove(List.of(sha256)));
    s3.startAgain();
    ApiServer.wait(server.artifacts.remover().remove(List.of(sha256)));
    assertFalse(Files.exists(object(content)));
  }

  private HttpResponse<byte[]> get() throws IOException, InterruptedException {
    URI link = URI.create(server.url() + listed().getJsonObject(0).getString("link"));
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private JsonArray listed() {
    return server
        .admin()
        .get("/api/v1/executions/" + agent.execution + "/artifacts")
        .is(200)
        .json()
        .getJsonArray("items");
  }

  private List<Path> staged() throws IOException {
    try (Stream<Path> all = Files.walk(server.files)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private Path object(byte[] content) {
    String sha256 = AgentCalls.sha256(content);
    return bucket.resolve("cta").resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
