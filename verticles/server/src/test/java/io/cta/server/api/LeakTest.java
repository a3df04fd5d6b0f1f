package io.cta.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.cta.server.api.contract.ContractFileReader;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No response contains a stored field that is not in a view. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class LeakTest {
  /**
   * The request for each operation that reads; its response must contain the name of the document.
   */
  private static final Map<String, String> READS =
      Map.ofEntries(
          Map.entry("me", "/me"),
          Map.entry("listUsers", "/users"),
          Map.entry("getUser", "/users/leak-users"),
          Map.entry("listGroups", "/groups"),
          Map.entry("getGroup", "/groups/leak-groups"),
          Map.entry("listMachines", "/machines"),
          Map.entry("getMachine", "/machines/leak-machines"),
          Map.entry("listTests", "/tests"),
          Map.entry("getTest", "/tests/leak-tests"),
          Map.entry("listTestSuites", "/testsuites"),
          Map.entry("getTestSuite", "/testsuites/leak-testsuites"),
          Map.entry("listConfigurations", "/configurations"),
          Map.entry("getConfiguration", "/configurations/leak-configurations"),
          Map.entry("listScenarios", "/scenarios"),
          Map.entry("getScenario", "/scenarios/leak-scenarios"),
          Map.entry("listSecrets", "/secrets"),
          Map.entry("getSecret", "/secrets/leak-secrets"),
          Map.entry("getScenarioLinks", "/scenarios/leak-scenarios/links"),
          Map.entry("listSchedules", "/schedules"),
          Map.entry("getSchedule", "/schedules/leak-schedules"),
          Map.entry("listChannels", "/channels"),
          Map.entry("getChannel", "/channels/leak-channels"),
          Map.entry("listHooks", "/hooks"),
          Map.entry("getHook", "/hooks/leak-hooks"),
          Map.entry("listForges", "/forges"),
          Map.entry("getForge", "/forges/leak-forges"),
          Map.entry("listDeliveries", "/deliveries"),
          Map.entry("getDelivery", "/deliveries/leak-deliveries"),
          Map.entry("getExecutionChain", "/executions/leak-executions/chain"),
          Map.entry("listTokens", "/tokens"),
          Map.entry("listExecutions", "/executions"),
          Map.entry("getExecution", "/executions/leak-executions"),
          Map.entry("listExecutionTasks", "/executions/leak-executions/tasks"),
          Map.entry("listExecutionStatuses", "/executions/leak-executions/statuses"),
          Map.entry("listExecutionArtifacts", "/executions/leak-executions/artifacts"),
          Map.entry("readArtifact", "/artifacts/leak-artifacts"),
          Map.entry("exportExecution", "/executions/leak-executions/export?format=json"),
          Map.entry("getTask", "/tasks/leak-tasks"),
          Map.entry("excerptLog", "/tasks/leak-tasks/log/excerpt"),
          Map.entry("readLog", "/tasks/leak-tasks/log"));

  private static final List<CollectionSpec> COLLECTIONS =
      List.of(
          StoreCollections.USERS,
          StoreCollections.GROUPS,
          StoreCollections.MACHINES,
          StoreCollections.TESTS,
          StoreCollections.TESTSUITES,
          StoreCollections.CONFIGURATIONS,
          StoreCollections.SCENARIOS,
          StoreCollections.SECRETS,
          StoreCollections.SCHEDULES,
          StoreCollections.CHANNELS,
          StoreCollections.HOOKS,
          StoreCollections.FORGES,
          StoreCollections.DELIVERIES,
          StoreCollections.TOKENS,
          StoreCollections.EXECUTION_SPECS,
          StoreCollections.EXECUTIONS,
          StoreCollections.TASKS,
          StoreCollections.STATUSES,
          StoreCollections.LOGS,
          StoreCollections.ARTIFACTS);

  private static final String CONTENT = "leak-content";
  private static final String SHA256 = "ab".repeat(32);

  private final ApiServer server = new ApiServer();

  @BeforeEach
  void fill() throws IOException {
    Path content = server.files.resolve("ab").resolve(SHA256);
    Files.createDirectories(content.getParent());
    Files.writeString(content, CONTENT);
    List<DocumentWrite> writes =
        COLLECTIONS.stream().<DocumentWrite>map(LeakTest::document).toList();
    List<DocumentWrite.Outcome> outcomes = ApiServer.wait(server.stores.documents.apply(writes));
    assertEquals(List.of(DocumentWrite.Outcome.DONE), outcomes.stream().distinct().toList());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyOperationThatReadsIsTested() {
    TreeSet<String> reads =
        ContractFileReader.read().getJsonObject("paths").stream()
            .map(path -> ((JsonObject) path.getValue()).getJsonObject("get"))
            .filter(get -> get != null)
            .map(get -> get.getString("operationId"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(reads, new TreeSet<>(READS.keySet()));
  }

  @Test
  void noReadReturnsAFieldThatIsInNoView() {
    READS.forEach(
        (operation, path) -> {
          String body = server.admin().get("/api/v1" + path).is(200).response().body();
          assertFalse(body.contains("hush"), operation + ": " + body);
          boolean names =
              body.contains("leak-") || List.of("me", "readLog", "excerptLog").contains(operation);
          assertEquals(true, names, operation + ": " + body);
        });
  }

  @Test
  void noChangeReturnsAFieldThatIsInNoView() {
    TestApiClient admin = server.admin();
    JsonObject group =
        new JsonObject().put("kind", "Group").put("name", "leak-groups").put("description", "d");
    JsonObject batch = new JsonObject().put("documents", new JsonArray().add(group));
    JsonObject applied = admin.post("/api/v1/apply", batch.put("dryRun", true)).is(200).json();
    assertEquals(
        "[{\"field\":\"description\",\"to\":\"d\"}]",
        applied.getJsonArray("documents").getJsonObject(0).getJsonArray("changes").encode());
    for (String path : List.of("users/leak-users", "machines/leak-machines")) {
      JsonObject body = new JsonObject().put("name", path.substring(path.indexOf('/') + 1));
      String answer = admin.put("/api/v1/" + path, body, "*").is(200).response().body();
      assertFalse(answer.contains("hush"), answer);
    }
    JsonObject pin = new JsonObject().put("pinned", true);
    String pinned =
        admin.put("/api/v1/executions/leak-executions/pin", pin, "*").is(200).response().body();
    assertFalse(pinned.contains("hush"), pinned);
  }

  /** A document that fits any collection, with fields that must not leave the server. */
  private static DocumentWrite.Insert document(CollectionSpec collection) {
    // a spec has the id of its execution
    String id = "leak-" + collection.name().replace("executionSpecs", "executions");
    JsonObject nested = new JsonObject().put("hushThing", "hush");
    JsonObject body =
        new JsonObject()
            .put("id", id)
            .put("name", id)
            .put("suite", "s")
            .put("configuration", "c")
            .put("scenario", "s")
            .put("cron", "0 2 * * *")
            .put("executionId", "leak-executions")
            .put("taskId", "leak-tasks")
            .put("attempt", 1)
            .put("counts", nested)
            .put("hushThing", "x")
            .put("token", "hush-token")
            .put("passwordHash", "hush-hash")
            .put("hash", "hush-token-hash")
            .put("identity", "hush-identity")
            .put("sealed", "hush-sealed")
            .put("nextHashes", new JsonArray().add("hush-next"))
            .put("retired", new JsonArray().add("hush-retired"));
    switch (collection.name()) {
      case "testsuites" ->
          body.put("inputs", new JsonArray().add(nested.copy().put("type", "git")));
      case "channels" ->
          body.put("url", "https://example.org")
              .put("key", "secret-key")
              .put("previousKey", "secret-key-before");
      case "hooks" -> body.put("secret", "hush-secret");
      case "forges" -> body.put("url", "https://example.org").put("previousToken", "hush-before");
      case "deliveries" -> body.put("state", "delivered").put("claimedBy", "secret-node");
      case "executions" -> body.put("state", "finished");
      case "executionSpecs" -> body.put("snapshot", nested);
      case "tasks" ->
          body.put("state", "finished")
              .put("attempts", new JsonArray().add(nested.copy().put("number", 1)))
              .put("declined", nested);
      case "statuses" -> body.put("details", nested);
      case "scenarios" -> body.put("timeouts", nested);
      case "artifacts" ->
          body.put("path", "leak-path")
              .put("size", CONTENT.length())
              .put("sha256", SHA256)
              .put("at", "2026-01-01T00:00:00Z");
      case "logs" -> body.put("gap", true).put("size", 5);
      default -> {}
    }
    return new DocumentWrite.Insert(collection, id, body);
  }
}
