package io.cta.server.api.definitions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AccessRole;
import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Definitions as code. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ApplyTest {
  private final ApiServer server = new ApiServer();
  private final TestApiClient maintainer = server.as(AccessRole.MAINTAINER);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void documentsAreAppliedInAnyOrderAndASecondTimeChangesNothing() {
    JsonObject[] all = {
      doc("Schedule", "every-night").put("scenario", "nightly").put("cron", "0 2 * * *"),
      doc("Scenario", "nightly").put("suite", "outer").put("configuration", "any"),
      doc("TestSuite", "outer")
          .put("tests", new JsonArray("[{\"suite\":\"suite\"},{\"ref\":\"t\"}]")),
      suite("suite", "one"),
      doc("Configuration", "any").put("match", new JsonObject().put("platform", "linux")),
      doc("Test", "t").put("stages", new JsonArray("[{\"run\":\"true\"}]"))
    };
    JsonObject first = apply(all).is(200).json();
    assertEquals(List.of("created"), actions(first).stream().distinct().toList());
    JsonObject second = apply(all).is(200).json();
    assertEquals(List.of("unchanged"), actions(second).stream().distinct().toList());
    server
        .as(AccessRole.RUNNER)
        .post("/api/v1/executions", new JsonObject().put("scenario", "nightly"))
        .is(202);
  }

  @Test
  void differencesAreReportedByFieldAndWritten() {
    apply(suite("suite", "one"), doc("Configuration", "any")).is(200);
    String id = maintainer.get("/api/v1/testsuites/suite").json().getString("id");
    JsonObject changed = suite("suite", "one");
    changed
        .getJsonArray("tests")
        .getJsonObject(0)
        .getJsonArray("stages")
        .getJsonObject(0)
        .put("run", "false");
    JsonObject got =
        apply(changed, doc("Configuration", "any").put("mode", "stress")).is(200).json();
    assertEquals(List.of("updated", "updated"), actions(got));
    assertEquals(
        new JsonArray(
            "[{\"field\":\"tests[0].stages[0].run\",\"from\":\"true\",\"to\":\"false\"}]"),
        got.getJsonArray("documents").getJsonObject(0).getJsonArray("changes"));
    JsonObject stored = maintainer.get("/api/v1/testsuites/suite").json();
    assertEquals(id, stored.getString("id"));
    assertEquals("stress", maintainer.get("/api/v1/configurations/any").json().getString("mode"));
  }

  @Test
  void aDryRunReportsTheSameAndWritesNothing() {
    JsonObject body =
        new JsonObject().put("dryRun", true).put("documents", new JsonArray().add(suite("s", "t")));
    JsonObject got = maintainer.post("/api/v1/apply", body).is(200).json();
    assertEquals(List.of("created"), actions(got));
    assertTrue(got.getBoolean("dryRun"));
    maintainer.get("/api/v1/testsuites/s").is(404);
  }

  @Test
  void oneWrongDocumentPreventsAllWrites() {
    TestApiClient.ReceivedResponse receivedResponse =
        apply(
                suite("fine", "t"),
                doc("Scenario", "bad").put("suite", "fine").put("configuration", "none"))
            .is(400);
    assertEquals("documents[1].configuration", receivedResponse.field());
    maintainer.get("/api/v1/testsuites/fine").is(404);
    receivedResponse =
        apply(doc("Configuration", "c").put("targetMode", "x"), doc("Test", "t").put("stages", 5));
    assertEquals(2, receivedResponse.is(400).json().getJsonArray("errors").size());
    assertEquals("documents[0].targetMode", receivedResponse.field());
  }

  @Test
  void oneWrongDocumentLeavesStoredOnesUnchanged() {
    apply(suite("kept", "t"), doc("Configuration", "any").put("description", "before")).is(200);
    apply(
            suite("kept", "other"),
            doc("Configuration", "any").put("description", "after"),
            doc("Scenario", "last").put("suite", "nobody").put("configuration", "any"))
        .is(400);
    JsonObject configuration = maintainer.get("/api/v1/configurations/any").is(200).json();
    assertEquals("before", configuration.getString("description"));
    JsonObject suite = maintainer.get("/api/v1/testsuites/kept").is(200).json();
    assertEquals("t", suite.getJsonArray("tests").getJsonObject(0).getString("name"));
    maintainer.get("/api/v1/scenarios/last").is(404);
  }

  @Test
  void circlesAndDuplicatesWithinTheDocumentsAreRefused() {
    JsonObject a = doc("TestSuite", "a").put("tests", new JsonArray("[{\"suite\":\"b\"}]"));
    JsonObject b = doc("TestSuite", "b").put("tests", new JsonArray("[{\"suite\":\"a\"}]"));
    assertTrue(apply(a, b).is(400).rule().contains("circle"));
    assertEquals("documents[1].name", apply(suite("a", "t"), suite("a", "t")).is(400).field());
  }

  @Test
  void groupsNeedAnAdministrator() {
    apply(doc("Group", "core")).is(403);
    JsonObject body = new JsonObject().put("documents", new JsonArray().add(doc("Group", "core")));
    server.admin().post("/api/v1/apply", body).is(200);
    // it does not change, so everybody who may apply may include it
    apply(doc("Group", "core")).is(200);
  }

  @Test
  void anUnknownKindIsRefused() {
    TestApiClient.ReceivedResponse receivedResponse = apply(doc("Machine", "m")).is(400);
    assertEquals("documents[0].kind", receivedResponse.field());
  }

  private TestApiClient.ReceivedResponse apply(JsonObject... documents) {
    JsonArray all = new JsonArray();
    List.of(documents).forEach(all::add);
    return maintainer.post("/api/v1/apply", new JsonObject().put("documents", all));
  }

  private static List<String> actions(JsonObject applied) {
    return applied.getJsonArray("documents").stream()
        .map(d -> ((JsonObject) d).getString("action"))
        .toList();
  }

  private static JsonObject doc(String kind, String name) {
    return new JsonObject().put("kind", kind).put("name", name);
  }

  private static JsonObject suite(String name, String test) {
    return ApiServer.suite(name, test).put("kind", "TestSuite");
  }
}
