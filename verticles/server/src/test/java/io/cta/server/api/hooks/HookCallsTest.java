package io.cta.server.api.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AccessRole;
import io.cta.domain.ExecutionChain;
import io.cta.domain.HookEvent;
import io.cta.domain.ScenarioReport;
import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.webhook.SigningKey;
import io.cta.server.webhook.WebhookHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forges call hooks: what is genuine is stored once and answered at once, all else is refused. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class HookCallsTest {
  private static final String PATH = "/api/v1/hooks";
  private static final String SECRET = "a-secret-of-the-hook";
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final String ZEROS = "0".repeat(40);

  private final ApiServer server = new ApiServer();
  private final TestApiClient maintainer = server.as(AccessRole.MAINTAINER);
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void define() {
    server.nightly();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aPushIsStoredAndAnsweredWithTheExecutionItWillBe() {
    JsonObject hook = make("gitlab");
    assertEquals("no delivery seen yet", hook.getString("lastOutcome"));
    HttpResponse<String> answer = gitlab(hook, push(ZEROS, COMMIT), Map.of());
    assertEquals(202, answer.statusCode(), answer::body);
    HookEvent event = events().get(0);
    assertEquals(
        event.starts().get(0).executionId(),
        new JsonObject(answer.body()).getJsonArray("executions").getString(0));
    assertEquals("nightly", event.starts().get(0).scenario());
    assertEquals(COMMIT, event.starts().get(0).ref());
    assertEquals(
        Map.of("BRANCH", "main", "MESSAGE", "say \"hi\"\nand $(touch x)"),
        event.starts().get(0).parameters());
    assertEquals("main", event.starts().get(0).source().branch());
    assertEquals("say \"hi\"", event.starts().get(0).source().subject());
    JsonObject now = maintainer.get(PATH + "/app").is(200).json();
    assertEquals("accepted", now.getString("lastOutcome"));
  }

  @Test
  void whatIsNotSignedWithTheSecretIsRefusedAndNothingIsStored() {
    JsonObject hook = make("gitlab");
    JsonObject push = push(ZEROS, COMMIT);
    assertEquals(401, send(hook, push.encode(), Map.of()).statusCode());
    for (String token : List.of("", "a", SECRET + "x", SECRET.substring(1))) {
      assertEquals(401, send(hook, push.encode(), gitlabHeaders(token)).statusCode(), token);
    }
    assertEquals(404, send(new JsonObject().put("id", "none"), "{}", Map.of()).statusCode());
    assertTrue(events().isEmpty());
    assertNull(maintainer.get(PATH + "/app").is(200).json().getString("lastEventAt"));
  }

  @Test
  void aBuildOfJenkinsIsKnownByItsTokenAndItsLink() {
    JsonObject hook = make("jenkins");
    JsonObject build = new JsonObject().put("branch", "main").put("commit", COMMIT);
    Map<String, String> good = Map.of("X-CTA-Token", SECRET);
    assertEquals(401, send(hook, build.encode(), Map.of()).statusCode());
    assertEquals(401, send(hook, build.encode(), Map.of("X-CTA-Token", SECRET + "x")).statusCode());
    String unknown = send(hook, build.encode(), good).body();
    assertTrue(unknown.contains("it says no buildLink, and has no Idempotency-Key"), unknown);
    for (String number : List.of("7", "8")) {
      build.put("buildNumber", number).put("buildLink", "https://ci.example/job/app/" + number);
      assertEquals(202, send(hook, build.encode(), good).statusCode());
      HttpResponse<String> again = send(hook, build.encode(), good);
      assertEquals(200, again.statusCode());
      assertTrue(again.body().contains("repeated"), again.body());
    }
    assertEquals(
        List.of("7", "8"),
        events().stream()
            .map(event -> event.starts().get(0).source().buildNumber())
            .sorted()
            .toList());
    assertEquals(COMMIT, events().get(0).starts().get(0).source().commit());
  }

  @ParameterizedTest
  @CsvSource({
    "github,X-Hub-Signature-256,sha256=,X-GitHub-Event",
    "gitea,X-Gitea-Signature,'',X-Gitea-Event",
    "gitea,X-Hub-Signature-256,sha256=,X-Gitea-Event",
    "forgejo,X-Forgejo-Signature,'',X-Forgejo-Event"
  })
  void theSignatureIsCheckedOverTheBytes(String type, String header, String prefix, String event)
      throws Exception {
    JsonObject hook = make(type);
    String body = hubPush().encode().replace(":", ": ");
    String hex = hmac(body);
    Map<String, String> good = Map.of(header, prefix + hex, event, "push");
    char last = hex.charAt(63) == '0' ? '1' : '0';
    String wrong = hex.substring(0, 63) + last;
    assertEquals(401, send(hook, body, Map.of(header, prefix + wrong, event, "push")).statusCode());
    assertEquals(401, send(hook, body, Map.of(header, prefix, event, "push")).statusCode());
    assertEquals(401, send(hook, body + " ", good).statusCode());
    assertTrue(events().isEmpty());
    assertEquals(202, send(hook, body, good).statusCode());
    assertEquals("group/app", events().get(0).starts().get(0).report().project());
  }

  @Test
  void otherProgramsSignAsStandardWebhooksHasIt() {
    SigningKey key = SigningKey.random();
    JsonObject hook = make("generic", key.text());
    String body =
        new JsonObject()
            .put("type", "push")
            .put("data", new JsonObject().put("branch", "main").put("commit", COMMIT))
            .encode();
    Map<String, String> headers =
        WebhookHeaders.of(
            "msg_1", server.clock.instant(), body.getBytes(StandardCharsets.UTF_8), List.of(key));
    assertEquals(202, send(hook, body, headers).statusCode());
    assertEquals(200, send(hook, body, headers).statusCode());
    Map<String, String> old =
        WebhookHeaders.of(
            "msg_2",
            server.clock.instant().minusSeconds(301),
            body.getBytes(StandardCharsets.UTF_8),
            List.of(key));
    assertEquals(401, send(hook, body, old).statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Idempotency-Key",
        "X-GitHub-Delivery",
        "X-Gitea-Delivery",
        "X-Forgejo-Delivery",
        "webhook-id",
        ""
      })
  void theSameCallTwiceIsTheSameExecution(String header) {
    JsonObject hook = make("gitlab");
    Map<String, String> more = header.isEmpty() ? Map.of() : Map.of(header, "1");
    HttpResponse<String> first = gitlab(hook, push(ZEROS, COMMIT), more);
    HttpResponse<String> second = gitlab(hook, push(ZEROS, COMMIT), more);
    assertEquals(202, first.statusCode());
    assertEquals(200, second.statusCode());
    assertEquals(
        new JsonObject(first.body()).getJsonArray("executions"),
        new JsonObject(second.body()).getJsonArray("executions"));
    assertEquals(1, events().size());
  }

  static Stream<JsonObject> unwanted() {
    return Stream.of(
        push(COMMIT, ZEROS),
        push(ZEROS, COMMIT).put("checkout_sha", (String) null),
        push(ZEROS, COMMIT).put("ref", "refs/heads/other"),
        push(ZEROS, "0123456").put("checkout_sha", "0123456"),
        new JsonObject(),
        new JsonObject().put("project", 5).put("commits", "x").put("ref", new JsonArray()));
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("unwanted")
  void whatIsGenuineButNotWantedIsAnsweredWithItsReason(JsonObject body) {
    HttpResponse<String> answer = gitlab(make("gitlab"), body, Map.of());
    assertEquals(200, answer.statusCode(), answer::body);
    assertEquals("ignored", new JsonObject(answer.body()).getString("outcome"));
    assertFalse(new JsonObject(answer.body()).getString("reason").isEmpty());
    assertTrue(events().isEmpty());
  }

  @Test
  void aPingIsAnsweredAndABodyThatIsNoJsonIsNoFailure() throws Exception {
    JsonObject hook = make("github");
    for (String body : List.of("{\"zen\":\"x\"}", "payload=%7B%7D", "[]", "")) {
      Map<String, String> headers =
          Map.of("X-Hub-Signature-256", "sha256=" + hmac(body), "X-GitHub-Event", "ping");
      assertEquals(200, send(hook, body, headers).statusCode(), body);
    }
  }

  @Test
  void aBodyOfSomeMegabytesIsTakenAndOneBeyondTheLimitIsNot() throws Exception {
    JsonObject hook = make("github");
    String big = hubPush().put("filler", "x".repeat(3 << 20)).encode();
    Map<String, String> headers =
        Map.of("X-Hub-Signature-256", "sha256=" + hmac(big), "X-GitHub-Event", "push");
    assertEquals(202, send(hook, big, headers).statusCode());
    String tooBig = "x".repeat(HookBodyReader.MAX_BYTES + 1);
    assertEquals(413, send(hook, tooBig, headers).statusCode());
  }

  @Test
  void callsThatCauseEachOtherAreCutInTheEnd() {
    JsonObject hook = make("gitlab");
    for (int i = 0; i <= ExecutionChain.MAX_DEPTH + 1; i++) {
      Map<String, String> headers =
          Map.of("Idempotency-Key", "k" + i, "X-Gitlab-Event-UUID", "the-chain");
      HttpResponse<String> answer = gitlab(hook, push(ZEROS, COMMIT), headers);
      boolean cut = i > ExecutionChain.MAX_DEPTH;
      assertEquals(cut ? 200 : 202, answer.statusCode(), i + answer.body());
      assertEquals(cut, answer.body().contains("loopCut"));
      server.clock.advance(java.time.Duration.ofSeconds(1));
    }
  }

  @Test
  void aCallThatSaysWhichExecutionItComesFromContinuesItsChain() {
    JsonObject hook = make("gitlab");
    String parent = "01JDK0000000000000000000K1";
    HttpResponse<String> last =
        gitlab(hook, push(ZEROS, COMMIT), chain(parent, ExecutionChain.MAX_DEPTH - 1));
    assertEquals(202, last.statusCode(), last::body);
    assertEquals(parent, events().get(0).starts().get(0).chain().parent());
    assertEquals(ExecutionChain.MAX_DEPTH, events().get(0).starts().get(0).chain().depth());
    HttpResponse<String> cut =
        gitlab(hook, push(COMMIT, COMMIT), chain(parent, ExecutionChain.MAX_DEPTH));
    assertEquals(200, cut.statusCode(), cut::body);
    assertTrue(cut.body().contains("loopCut"), cut::body);
    assertEquals(1, events().size());
  }

  private static Map<String, String> chain(String parent, int depth) {
    return Map.of("Idempotency-Key", "d" + depth, "X-CTA-Chain", parent + ";depth=" + depth);
  }

  @Test
  void aMergeRequestOfAForkIsTestedAndReportedInTheFork() {
    JsonObject hook = make("gitlab");
    JsonObject body =
        new JsonObject()
            .put(
                "object_attributes",
                new JsonObject()
                    .put("iid", 7)
                    .put("action", "open")
                    .put("source_branch", "topic")
                    .put("source_project_id", 42)
                    .put("target_project_id", 1)
                    .put("last_commit", new JsonObject().put("id", COMMIT).put("message", "m")));
    Map<String, String> headers =
        Map.of("X-Gitlab-Token", SECRET, "X-Gitlab-Event", "Merge Request Hook");
    assertEquals(202, send(hook, body.encode(), headers).statusCode());
    HookEvent.HookStart start = events().get(0).starts().get(0);
    assertEquals("42", start.report().project());
    assertFalse(start.report().notes());
    assertEquals("topic", start.source().branch());
    assertEquals("7", start.source().changeRequest());
    body.getJsonObject("object_attributes").put("action", "close");
    assertEquals(200, send(hook, body.encode(), headers).statusCode());
  }

  @Test
  void aHookThatKeepsNotesSaysWhereTheMergeRequestIs() throws Exception {
    JsonObject hook = make("gitea");
    JsonObject noting = maintainer.get(PATH + "/app").is(200).json().put("note", true);
    maintainer.put(PATH + "/app", noting, "*").is(200);
    JsonObject fork = new JsonObject().put("full_name", "ann/app").put("clone_url", "https://g/a");
    JsonObject pull =
        new JsonObject()
            .put("head", new JsonObject().put("ref", "topic").put("sha", COMMIT).put("repo", fork))
            .put(
                "base",
                new JsonObject().put("repo", new JsonObject().put("full_name", "group/app")));
    String body =
        new JsonObject()
            .put("action", "opened")
            .put("number", 7)
            .put("pull_request", pull)
            .encode();
    Map<String, String> headers =
        Map.of("X-Gitea-Signature", hmac(body), "X-Gitea-Event", "pull_request");
    HttpResponse<String> answer = send(hook, body, headers);
    assertEquals(202, answer.statusCode(), answer::body);
    assertEquals(
        new ScenarioReport("lab", "ann/app", true, "group/app"),
        events().get(0).starts().get(0).report());
    noting.remove("forge");
    assertEquals("note", maintainer.put(PATH + "/app", noting, "*").is(400).field());
  }

  @Test
  void aSecretIsNeverEmptyAndShownOnceIfTheServerMadeIt() {
    JsonObject made = maintainer.post(PATH, hook("gitlab", null)).is(201).json();
    assertTrue(made.getString("secret").length() > 30);
    String again = maintainer.get(PATH + "/app").is(200).response().body();
    assertFalse(again.contains(made.getString("secret")), again);
    assertEquals(
        202,
        send(made, push(ZEROS, COMMIT).encode(), gitlabHeaders(made.getString("secret")))
            .statusCode());
    for (String secret : List.of("", "short", "with blank in it")) {
      JsonObject refused = hook("gitlab", secret).put("name", "other");
      assertEquals("secret", maintainer.post(PATH, refused).is(400).field(), secret);
    }
    JsonObject key = hook("generic", "no-standard-webhooks-key").put("name", "other");
    assertEquals("secret", maintainer.post(PATH, key).is(400).field());
    JsonObject field = hook("gitlab", SECRET).put("name", "other");
    field
        .getJsonArray("triggers")
        .getJsonObject(0)
        .put("parameters", new JsonObject().put("X", "event.token"));
    assertEquals("triggers[0].parameters.X", maintainer.post(PATH, field).is(400).field());
  }

  private JsonObject make(String type) {
    return make(type, SECRET);
  }

  private JsonObject make(String type, String secret) {
    maintainer
        .post(
            "/api/v1/forges",
            new JsonObject()
                .put("name", "lab")
                .put("type", List.of("generic", "jenkins").contains(type) ? "gitlab" : type)
                .put("url", "https://8.8.8.8"))
        .is(201);
    return maintainer.post(PATH, hook(type, secret)).is(201).json();
  }

  private static JsonObject hook(String type, String secret) {
    JsonObject hook =
        new JsonObject()
            .put("name", "app")
            .put("type", type)
            .put(
                "triggers",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("scenario", "nightly")
                            .put("events", new JsonArray().add("push").add("mergeRequest"))
                            .put("branches", new JsonArray().add("ma*n").add("topic"))
                            .put(
                                "parameters",
                                new JsonObject()
                                    .put("BRANCH", "event.branch")
                                    .put("MESSAGE", "event.message"))));
    if (secret != null) {
      hook.put("secret", secret).put("forge", "lab");
    }
    return hook;
  }

  private static JsonObject push(String before, String after) {
    return new JsonObject()
        .put("ref", "refs/heads/main")
        .put("before", before)
        .put("after", after)
        .put("checkout_sha", after.equals(ZEROS) ? null : after)
        .put("user_name", "ann")
        .put(
            "project",
            new JsonObject()
                .put("path_with_namespace", "group/app")
                .put("git_http_url", "https://lab.example/group/app.git"))
        .put(
            "commits",
            new JsonArray().add(new JsonObject().put("message", "say \"hi\"\nand $(touch x)")));
  }

  private static JsonObject hubPush() {
    return new JsonObject()
        .put("ref", "refs/heads/main")
        .put("after", COMMIT)
        .put("before", ZEROS)
        .put("repository", new JsonObject().put("full_name", "group/app"));
  }

  private HttpResponse<String> gitlab(JsonObject hook, JsonObject body, Map<String, String> more) {
    Map<String, String> headers = new java.util.HashMap<>(gitlabHeaders(SECRET));
    headers.putAll(more);
    return send(hook, body.encode(), headers);
  }

  private static Map<String, String> gitlabHeaders(String token) {
    return Map.of("X-Gitlab-Token", token, "X-Gitlab-Event", "Push Hook");
  }

  private HttpResponse<String> send(JsonObject hook, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + PATH + "/" + hook.getString("id")))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hmac(String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }

  private List<HookEvent> events() {
    return server
        .stores
        .hookEvents
        .find(DocumentQuery.of(StoreCollections.HOOK_EVENTS, DocumentFilter.ALL, 100))
        .await()
        .items()
        .stream()
        .map(found -> found.value())
        .toList();
  }
}
