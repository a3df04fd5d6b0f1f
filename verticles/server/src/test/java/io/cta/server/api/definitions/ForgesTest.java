package io.cta.server.api.definitions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AccessRole;
import io.cta.domain.AfterState;
import io.cta.domain.Execution;
import io.cta.domain.Forge;
import io.cta.domain.State;
import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.cta.server.forges.ForgeTokens;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forges are defined, and their tokens shown never. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ForgesTest {
  private static final String PATH = "/api/v1/forges";
  private static final String TOKEN = "glpat-a-token-of-the-forge";

  private final ApiServer server = new ApiServer();
  private final TestApiClient maintainer = server.as(AccessRole.MAINTAINER);
  private final ForgeTokens tokens = new ForgeTokens(ApiServer.CIPHER);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aTokenIsStoredSealedAndShownNever() {
    TestApiClient.ReceivedResponse made =
        maintainer.post(PATH, forge("gitlab").put("token", TOKEN)).is(201);
    assertFalse(made.response().body().contains(TOKEN));
    assertTrue(made.json().getBoolean("hasToken"));
    String listed = maintainer.get(PATH).is(200).response().body();
    assertFalse(listed.contains("glpat") || listed.contains("\"token\""), listed);
    assertEquals(TOKEN, tokens.newest(stored()).orElseThrow());
    String document = io.cta.json.JsonMapping.encode(stored()).toString();
    assertFalse(document.contains(TOKEN), document);
  }

  @Test
  void anUpdateWithoutATokenKeepsItAndAnotherOneKeepsTheOneBefore() {
    maintainer.post(PATH, forge("gitlab").put("token", TOKEN)).is(201);
    maintainer.put(PATH + "/lab", forge("gitlab").put("description", "ours"), "*").is(200);
    assertEquals(TOKEN, tokens.newest(stored()).orElseThrow());
    maintainer.put(PATH + "/lab", forge("gitlab").put("token", "another-token"), "*").is(200);
    assertEquals(2, stored().tokenRevision());
    assertEquals("another-token", tokens.of(stored(), 2).orElseThrow());
    assertEquals(TOKEN, tokens.of(stored(), 1).orElseThrow());
  }

  @Test
  void definitionsAsCodeNeedNoToken() {
    JsonObject document = forge("gitea").put("kind", "Forge");
    assertEquals("created", action(apply(document)));
    assertEquals("unchanged", action(apply(document)));
    assertEquals(0, stored().tokenRevision());
  }

  @Test
  void aJenkinsHasAUserAndTheOthersHaveNone() {
    assertEquals("user", maintainer.post(PATH, forge("jenkins")).is(400).field());
    assertEquals("user", maintainer.post(PATH, forge("gitlab").put("user", "cta")).is(400).field());
    assertEquals(
        "user", maintainer.post(PATH, forge("jenkins").put("user", "a:b")).is(400).field());
    JsonObject jenkins = forge("jenkins").put("user", "cta");
    assertEquals("cta", maintainer.post(PATH, jenkins).is(201).json().getString("user"));
    assertEquals("type", maintainer.put(PATH + "/lab", forge("gitea"), "*").is(400).field());
  }

  @Test
  void aJenkinsIsNoPlaceForStatusesAndIsKeptWhileItsJobsAreBuilt() {
    server.nightly();
    maintainer.post(PATH, forge("jenkins").put("user", "cta")).is(201);
    JsonObject reporting =
        ApiServer.scenario("s", "suite", "any").put("report", new JsonObject().put("forge", "lab"));
    assertEquals("report.forge", maintainer.post("/api/v1/scenarios", reporting).is(400).field());
    JsonObject build = new JsonObject().put("forge", "lab").put("job", "a");
    JsonObject building =
        ApiServer.scenario("s", "suite", "any")
            .put("after", new JsonArray().add(new JsonObject().put("build", build)));
    maintainer.post("/api/v1/scenarios", building).is(201);
    maintainer.delete(PATH + "/lab").is(409);
  }

  @Test
  void theProjectOfANoteGoesWithANote() {
    server.nightly();
    maintainer.post(PATH, forge("gitlab")).is(201);
    JsonObject report = new JsonObject().put("forge", "lab").put("noteProject", "group/app");
    JsonObject scenario = ApiServer.scenario("s", "suite", "any").put("report", report);
    assertEquals(
        "report.noteProject", maintainer.post("/api/v1/scenarios", scenario).is(400).field());
    report.put("note", true);
    maintainer.post("/api/v1/scenarios", scenario).is(201);
    report.put("noteProject", "a b");
    scenario.put("name", "t");
    assertEquals(
        "report.noteProject", maintainer.post("/api/v1/scenarios", scenario).is(400).field());
  }

  @Test
  void notesAreKeptAtAnyForge() {
    server.nightly();
    maintainer.post(PATH, forge("gitea")).is(201);
    JsonObject report = new JsonObject().put("forge", "lab").put("note", true);
    JsonObject scenario = ApiServer.scenario("s", "suite", "any").put("report", report);
    JsonObject made = maintainer.post("/api/v1/scenarios", scenario).is(201).json();
    assertEquals(report, made.getJsonObject("report"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254",
        "http://127.0.0.2",
        "ftp://lab.example",
        "https://lab.example?x=1",
        "https://u:p@lab.example"
      })
  void anAddressThatMustNotBeCalledIsRefused(String url) {
    assertEquals("url", maintainer.post(PATH, forge("gitlab").put("url", url)).is(400).field());
  }

  @Test
  void aShortCommitIsRefusedWhereItIsToBeReported() {
    server.nightly();
    maintainer.post(PATH, forge("github")).is(201);
    maintainer
        .post(
            "/api/v1/scenarios",
            ApiServer.scenario("reporting", "suite", "any")
                .put("report", new JsonObject().put("forge", "lab").put("project", "group/app")))
        .is(201);
    assertEquals("source.commit", start("reporting", "0123456").is(400).field());
    start("reporting", "0123456789".repeat(4)).is(202);
    start("nightly", "0123456").is(202);
  }

  @Test
  void whatIsToBeReportedIsWrittenWithTheExecutionItself() {
    server.nightly();
    maintainer.post(PATH, forge("github")).is(201);
    JsonObject report = new JsonObject().put("forge", "lab").put("project", "group/app");
    maintainer
        .post(
            "/api/v1/scenarios",
            ApiServer.scenario("reporting", "suite", "any").put("report", report))
        .is(201);
    String id = start("reporting", "0123456789".repeat(4)).is(202).json().getString("id");
    VersionedEntity<Execution> first = server.stores.executions.get(id).await();
    assertEquals(1, first.version(), "it was written once");
    assertEquals(State.PENDING, first.value().state());
    assertEquals(AfterState.WAITING, first.value().report().state());
    assertEquals(first.value().requestedAt(), first.value().reportDue());
  }

  private TestApiClient.ReceivedResponse start(String scenario, String commit) {
    JsonObject source = new JsonObject().put("commit", commit).put("branch", "main");
    return server
        .as(AccessRole.MAINTAINER)
        .post(
            "/api/v1/executions", new JsonObject().put("scenario", scenario).put("source", source));
  }

  private Forge stored() {
    return server
        .stores
        .forges
        .find(
            io.cta.server.store.DocumentQuery.of(
                StoreCollections.FORGES, io.cta.server.store.DocumentFilter.eq("name", "lab"), 1))
        .await()
        .items()
        .get(0)
        .value();
  }

  private TestApiClient.ReceivedResponse apply(JsonObject document) {
    return maintainer
        .post("/api/v1/apply", new JsonObject().put("documents", new JsonArray().add(document)))
        .is(200);
  }

  private static String action(TestApiClient.ReceivedResponse applied) {
    return applied.json().getJsonArray("documents").getJsonObject(0).getString("action");
  }

  private static JsonObject forge(String type) {
    return new JsonObject().put("name", "lab").put("type", type).put("url", "https://8.8.8.8/lab");
  }
}
