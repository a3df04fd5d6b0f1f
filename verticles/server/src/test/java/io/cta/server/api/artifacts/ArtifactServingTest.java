package io.cta.server.api.artifacts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AccessRole;
import io.cta.server.api.ApiServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Artifacts are listed and served so that no browser runs one as a page of the server. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ArtifactServingTest {
  private static final String POLICY =
      "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'";

  private final ApiServer server = new ApiServer();
  private final AgentCalls agent = new AgentCalls(server, "one");

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "shot.png,image/png,inline",
    "shot.JPG,image/jpeg,inline",
    "a.gif,image/gif,inline",
    "a.webp,image/webp,inline",
    "run.log,text/plain; charset=utf-8,inline",
    "logo.svg,application/octet-stream,attachment",
    "page.html,application/octet-stream,attachment",
    "page.png.xhtml,application/octet-stream,attachment",
    "feed.xml,application/xml,attachment",
    "app.js,application/octet-stream,attachment",
    "noending,application/octet-stream,attachment"
  })
  void headersComeFromOurOwnList(String path, String type, String disposition) throws Exception {
    agent.keep(path, "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
    String link = only().getString("link");
    String api = "/api/v1/artifacts/" + only().getString("id");
    for (HttpResponse<byte[]> response : List.of(get(link, null), byLogin(api))) {
      assertEquals(200, response.statusCode());
      assertEquals(type, header(response, "Content-Type"));
      assertTrue(header(response, "Content-Disposition").startsWith(disposition + ";"), path);
      assertEquals("nosniff", header(response, "X-Content-Type-Options"));
      assertEquals(POLICY, header(response, "Content-Security-Policy"));
      assertTrue(response.headers().firstValue("Set-Cookie").isEmpty());
      assertEquals(25, response.body().length);
    }
  }

  @Test
  void aNameWithQuotesAndUmlautsIsWrittenInBothForms() throws Exception {
    agent.keep("dir/Prü\"fung 1.txt", new byte[] {1});
    String header = header(get(only().getString("link"), null), "Content-Disposition");
    assertEquals(
        "inline; filename=\"Pr__fung 1.txt\"; filename*=UTF-8''Pr%C3%BC%22fung%201.txt", header);
  }

  @Test
  void aLargeFileComesWhole() throws Exception {
    byte[] content = ArtifactUploadTest.bytes(5 << 20, 1);
    agent.keep("big.zip", content);
    HttpResponse<byte[]> response = get(only().getString("link"), null);
    assertArrayEquals(content, response.body());
    assertEquals(String.valueOf(content.length), header(response, "Content-Length"));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,0,1",
    "bytes=1000-1999,1000,1000",
    "bytes=4000000-,4000000,1242880",
    "bytes=-10,5242870,10",
    "bytes=5242879-9999999,5242879,1",
    "bytes=-9999999,0,5242880"
  })
  void aPartIsSentAlone(String range, int from, int length) throws Exception {
    byte[] content = ArtifactUploadTest.bytes(5 << 20, 1);
    agent.keep("big.mp4", content);
    HttpResponse<byte[]> response = part(only().getString("link"), range);
    assertEquals(206, response.statusCode());
    assertArrayEquals(Arrays.copyOfRange(content, from, from + length), response.body());
    assertEquals(
        "bytes " + from + "-" + (from + length - 1) + "/5242880",
        header(response, "Content-Range"));
    assertEquals("bytes", header(response, "Accept-Ranges"));
    assertEquals(POLICY, header(response, "Content-Security-Policy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=3-2", "bytes=-", "lines=0-1", "bytes=0-1,3-4", "bytes=a-b"})
  void whatIsNoPartIsAllOfIt(String range) throws Exception {
    agent.keep("a.txt", "hello".getBytes(StandardCharsets.UTF_8));
    HttpResponse<byte[]> response = part(only().getString("link"), range);
    assertEquals(200, response.statusCode());
    assertEquals(5, response.body().length);
  }

  @Test
  void aPartBehindTheEndIs416AndOneOfAnotherContentIsAllOfIt() throws Exception {
    agent.keep("a.txt", "hello".getBytes(StandardCharsets.UTF_8));
    String link = only().getString("link");
    HttpResponse<byte[]> behind = part(link, "bytes=5-");
    assertEquals(416, behind.statusCode());
    assertEquals("bytes */5", header(behind, "Content-Range"));
    String tag = header(get(link, null), "ETag");
    for (String known : List.of(tag, "\"another\"")) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.url() + link))
              .header("Range", "bytes=1-2")
              .header("If-Range", known)
              .build();
      HttpResponse<byte[]> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
      assertEquals(known.equals(tag) ? 206 : 200, response.statusCode());
      assertEquals(known.equals(tag) ? "el" : "hello", new String(response.body()));
    }
    agent.keep("empty.txt", new byte[0]);
    for (Object item : items("")) {
      JsonObject one = (JsonObject) item;
      int status = part(one.getString("link"), "bytes=0-").statusCode();
      assertEquals(one.getString("path").equals("empty.txt") ? 200 : 206, status);
    }
  }

  @Test
  void aLinkIsGoodForAWhileAndForOneArtifactOnly() throws Exception {
    agent.keep("a.txt", new byte[] {1});
    agent.keep("b.txt", new byte[] {2});
    JsonArray items = items("");
    String link = items.getJsonObject(0).getString("link");
    String id = items.getJsonObject(0).getString("id");
    String other = items.getJsonObject(1).getString("id");
    assertEquals(200, get(link, null).statusCode());
    assertEquals(404, get(link.replace(id, other), null).statusCode());
    assertEquals(404, get(link.replaceAll("expires=\\d", "expires=9"), null).statusCode());
    assertEquals(404, get("/artifacts/" + id, null).statusCode());
    assertEquals(404, get(link.replaceAll("key=.*", "key="), null).statusCode());
    server.clock.advance(Duration.ofSeconds(61));
    assertEquals(404, get(link, null).statusCode());
  }

  @Test
  void theListIsFilteredAndPaged() {
    agent.keep("a.txt", new byte[] {1});
    agent.keep("b.txt", new byte[] {2});
    agent.offer(agent.offered("c.txt", 0, AgentCalls.sha256(new byte[0])).put("testId", "other"));
    assertEquals(3, items("").size());
    assertEquals(2, items("?testId=login").size());
    assertEquals(1, items("?testId=other").size());
    assertEquals(3, items("?attempt=1&taskId=" + agent.task).size());
    assertEquals(0, items("?attempt=2").size());
    assertEquals(1, items("?limit=1").size());
    JsonObject one = items("?testId=other").getJsonObject(0);
    assertEquals("c.txt", one.getString("path"));
    assertEquals(agent.task, one.getString("taskId"));
    server.admin().get("/api/v1/executions/none/artifacts").is(404);
  }

  @Test
  void withoutALoginTheListAndTheContentsAreRefused() throws Exception {
    agent.keep("a.txt", new byte[] {1});
    server.nobody().get("/api/v1/executions/" + agent.execution + "/artifacts").is(401);
    server.nobody().get("/api/v1/artifacts/" + only().getString("id")).is(401);
    server.as(AccessRole.VIEWER).get("/api/v1/artifacts/" + only().getString("id")).is(200);
    server.admin().get("/api/v1/artifacts/none").is(404);
  }

  private JsonObject only() {
    return items("").getJsonObject(0);
  }

  private JsonArray items(String query) {
    return server
        .as(AccessRole.VIEWER)
        .get("/api/v1/executions/" + agent.execution + "/artifacts" + query)
        .is(200)
        .json()
        .getJsonArray("items");
  }

  private HttpResponse<byte[]> byLogin(String path) throws Exception {
    return get(path, server.as(AccessRole.VIEWER).token());
  }

  private HttpResponse<byte[]> part(String path, String range) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + path)).header("Range", range).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> get(String path, String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path)).timeout(Duration.ofSeconds(20));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse(null);
  }
}
