package io.cta.server.api.definitions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Creates, reads, replaces, deletes and lists definitions. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class DefinitionsTest {
  private final ApiServer server = new ApiServer();
  private final TestApiClient admin = server.admin();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aDefinitionIsCreatedReadReplacedAndDeleted() {
    TestApiClient.ReceivedResponse made =
        admin.post("/api/v1/testsuites", ApiServer.suite("s", "t")).is(201);
    String id = made.json().getString("id");
    assertEquals("/api/v1/testsuites/" + id, made.header("Location"));

    TestApiClient.ReceivedResponse read = admin.get("/api/v1/testsuites/s").is(200);
    assertEquals(made.json(), read.json());

    JsonObject next = read.json().put("description", "changed");
    TestApiClient.ReceivedResponse replaced =
        admin.put("/api/v1/testsuites/" + id, next, read.header("ETag")).is(200);
    assertEquals("changed", replaced.json().getString("description"));
    assertNotEquals(read.header("ETag"), replaced.header("ETag"));
    assertEquals(id, replaced.json().getString("id"));

    admin.delete("/api/v1/testsuites/s").is(204);
    admin.get("/api/v1/testsuites/" + id).is(404);
  }

  @Test
  void anUpdateNeedsTheVersionItReplaces() {
    JsonObject body = new JsonObject().put("name", "c");
    String tag = admin.post("/api/v1/configurations", body).is(201).header("ETag");
    admin.send("PUT", "/api/v1/configurations/c", body.encode(), java.util.Map.of()).is(428);
    admin.put("/api/v1/configurations/c", body.put("mode", "stress"), tag).is(200);
    admin.put("/api/v1/configurations/c", body, tag).is(412);
    admin.put("/api/v1/configurations/c", body, "*").is(200);
    admin
        .send("DELETE", "/api/v1/configurations/c", null, java.util.Map.of("If-Match", tag))
        .is(412);
    String now = admin.get("/api/v1/configurations/c").is(200).header("ETag");
    admin
        .send("DELETE", "/api/v1/configurations/c", null, java.util.Map.of("If-Match", now))
        .is(204);
  }

  @Test
  void aNameThatLooksLikeJsonIsStillAName() {
    for (String name : java.util.List.of("1.5", "true", "7 up")) {
      admin.post("/api/v1/groups", new JsonObject().put("name", name)).is(201);
      String path = java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8);
      TestApiClient.ReceivedResponse found = admin.get("/api/v1/groups?name=" + path).is(200);
      assertEquals(1, found.json().getJsonArray("items").size(), name);
      admin.get("/api/v1/groups/" + path.replace("+", "%20")).is(200);
    }
    TestApiClient.ReceivedResponse quotes = admin.get("/api/v1/groups?name=a%22b%5C").is(200);
    assertEquals(0, quotes.json().getJsonArray("items").size());
  }

  @Test
  void aNameIsUnique() {
    JsonObject body = new JsonObject().put("name", "c");
    admin.post("/api/v1/configurations", body).is(201);
    TestApiClient.ReceivedResponse twice = admin.post("/api/v1/configurations", body).is(409);
    assertEquals("urn:cta:error:duplicate", twice.json().getString("type"));
  }

  @Test
  void aRepeatedKeyCreatesNothingAndGetsTheDefinitionAsItStands() {
    String path = "/api/v1/configurations";
    JsonObject body = new JsonObject().put("name", "c");
    TestApiClient.ReceivedResponse first = admin.post(path, body, "k").is(201);
    TestApiClient.ReceivedResponse again = admin.post(path, body, "k").is(201);
    assertEquals(first.json(), again.json());
    for (String header : new String[] {"ETag", "Location"}) {
      assertEquals(first.header(header), again.header(header));
    }
    JsonObject changed = body.copy().put("description", "changed");
    admin.put(path + "/c", changed, first.header("ETag")).is(200);
    assertEquals("changed", admin.post(path, body, "k").is(201).json().getString("description"));
    admin.post(path, changed, "k").is(409);
  }

  @Test
  void aRefusedCreateDoesNotUseUpItsKey() {
    JsonObject body = new JsonObject().put("name", "c");
    admin.post("/api/v1/configurations", body).is(201);
    admin.post("/api/v1/configurations", body, "k").is(409);
    admin.post("/api/v1/configurations", new JsonObject().put("name", "d"), "k").is(201);
  }

  @DisplayName("lists are not cut at 20 in silence")
  @Test
  void listsComeInPagesThatNameTheNext() {
    for (int i = 10; i < 35; i++) {
      admin.post("/api/v1/groups", new JsonObject().put("name", "g" + i)).is(201);
    }
    assertEquals(25, admin.get("/api/v1/groups").is(200).json().getJsonArray("items").size());
    JsonObject first = admin.get("/api/v1/groups?limit=10&sort=-name").is(200).json();
    assertEquals("g34", first.getJsonArray("items").getJsonObject(0).getString("name"));
    int seen = 10;
    String next = first.getString("next");
    while (next != null) {
      JsonObject page =
          admin.get("/api/v1/groups?limit=10&sort=-name&after=" + next).is(200).json();
      seen += page.getJsonArray("items").size();
      next = page.getString("next");
    }
    assertEquals(25, seen);
    assertEquals(10, admin.get("/api/v1/groups?prefix=g1").json().getJsonArray("items").size());
  }

  @DisplayName("nothing is deleted that something names")
  @Test
  void whatIsInUseIsNeitherDeletedNorRenamed() {
    server.nightly();
    TestApiClient.ReceivedResponse refused = admin.delete("/api/v1/testsuites/suite").is(409);
    assertTrue(refused.json().getString("detail").contains("scenario nightly"));
    admin.delete("/api/v1/configurations/any").is(409);
    admin.put("/api/v1/testsuites/suite", ApiServer.suite("other", "one"), "*").is(409);
    admin
        .post(
            "/api/v1/schedules",
            new JsonObject().put("name", "s").put("scenario", "nightly").put("cron", "0 2 * * *"))
        .is(201);
    refused = admin.delete("/api/v1/scenarios/nightly").is(409);
    assertTrue(refused.json().getString("detail").contains("schedule s"));
    admin.delete("/api/v1/schedules/s").is(204);
    admin.delete("/api/v1/scenarios/nightly").is(204);
    admin.delete("/api/v1/testsuites/suite").is(204);
  }

  @Test
  void aListIsFilteredByReferences() {
    server.nightly();
    String id = admin.get("/api/v1/testsuites/suite").json().getString("id");
    for (String query : new String[] {"suite=suite", "suite=" + id, "configuration=any"}) {
      JsonObject page = admin.get("/api/v1/scenarios?" + query).is(200).json();
      assertEquals(1, page.getJsonArray("items").size(), query);
    }
    JsonObject none = admin.get("/api/v1/scenarios?suite=other").is(200).json();
    assertEquals(0, none.getJsonArray("items").size());
  }

  @Test
  void aScenarioWithAnUnknownReferenceIsRefused() {
    admin.post("/api/v1/testsuites", ApiServer.suite("suite", "one")).is(201);
    TestApiClient.ReceivedResponse refused =
        admin.post("/api/v1/scenarios", ApiServer.scenario("s", "suite", "none")).is(400);
    assertEquals("configuration", refused.field());
    assertEquals(
        "suite",
        admin.post("/api/v1/scenarios", ApiServer.scenario("s", "none", "none")).is(400).field());
  }

  @Test
  void suitesThatContainThemselvesAreRefused() {
    admin.post("/api/v1/testsuites", ApiServer.suite("inner", "one")).is(201);
    JsonObject outer =
        new JsonObject()
            .put("name", "outer")
            .put("tests", new JsonArray().add(new JsonObject().put("suite", "inner")));
    admin.post("/api/v1/testsuites", outer).is(201);
    JsonObject circle =
        new JsonObject()
            .put("name", "inner")
            .put("tests", new JsonArray().add(new JsonObject().put("suite", "outer")));
    TestApiClient.ReceivedResponse refused =
        admin.put("/api/v1/testsuites/inner", circle, "*").is(400);
    assertEquals("tests[0].suite", refused.field());
    assertTrue(refused.rule().contains("circle"));
  }

  @Test
  void aTestWithoutStagesIsRefusedUnlessDisabled() {
    JsonObject test = new JsonObject().put("name", "t");
    assertEquals("stages", admin.post("/api/v1/tests", test).is(400).field());
    admin.post("/api/v1/tests", test.put("enabled", false)).is(201);
  }

  @DisplayName("cron rules are checked and have a time zone")
  @Test
  void schedulesMustBeAbleToFire() {
    server.nightly();
    JsonObject schedule = new JsonObject().put("name", "s").put("scenario", "nightly");
    assertEquals(
        "cron",
        admin.post("/api/v1/schedules", schedule.put("cron", "61 2 * * *")).is(400).field());
    schedule.put("cron", "0 2 * * *");
    assertEquals(
        "zone", admin.post("/api/v1/schedules", schedule.put("zone", "Mars/Base")).is(400).field());
    admin.post("/api/v1/schedules", schedule.put("zone", "Europe/Paris")).is(201);
  }

  @Test
  void aScheduleShowsItsNextFiveTimes() {
    server.nightly();
    JsonObject schedule =
        new JsonObject()
            .put("name", "s")
            .put("scenario", "nightly")
            .put("cron", "0 2 * * *")
            .put("zone", "Europe/Paris");
    JsonArray next = admin.post("/api/v1/schedules", schedule).is(201).json().getJsonArray("next");
    assertEquals(5, next.size(), next::encode);
    assertEquals("2026-01-03T01:00:00.000Z", next.getString(0));
    assertEquals("2026-01-07T01:00:00.000Z", next.getString(4));
  }

  @DisplayName("secrets are not returned by the API")
  @Test
  void secretsOfUsersAreNeverReturned() {
    JsonObject user =
        new JsonObject()
            .put("name", "ada")
            .put("password", "a long password")
            .put("role", "runner");
    TestApiClient.ReceivedResponse made = admin.post("/api/v1/users", user).is(201);
    assertFalse(made.response().body().contains("assword"));
    assertFalse(admin.get("/api/v1/users").is(200).response().body().contains("argon2"));
    // a replace without a password keeps the stored one
    admin.put("/api/v1/users/ada", new JsonObject().put("name", "ada"), "*").is(200);
    server
        .nobody()
        .post(
            "/api/v1/login", new JsonObject().put("name", "ada").put("password", "a long password"))
        .is(200);
  }

  @Test
  void theLastAdministratorStays() {
    admin.delete("/api/v1/users/admin").is(409);
    JsonObject lower = new JsonObject().put("name", "admin").put("role", "viewer");
    admin.put("/api/v1/users/admin", lower, "*").is(409);
  }
}
