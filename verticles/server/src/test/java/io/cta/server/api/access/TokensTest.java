package io.cta.server.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AccessRole;
import io.cta.domain.TokenKind;
import io.cta.server.access.AuthenticatedPrincipal;
import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens of programs and of agents. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class TokensTest {
  private static final String PROOF = "p".repeat(43);

  private final ApiServer server = new ApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aTokenIsShownOnceAndWorksUntilItIsDeleted() {
    JsonObject made = make(server.admin(), "ci", "runner").is(201).json();
    String raw = made.getString("raw");
    assertTrue(raw.matches("cta_p_[0-9A-Z]{26}_[A-Za-z0-9_-]{43}"), raw);
    assertEquals("runner", server.with(raw).get("/api/v1/me").is(200).json().getString("role"));
    String list = server.admin().get("/api/v1/tokens").is(200).response().body();
    assertTrue(list.contains(made.getString("id")));
    assertFalse(list.contains(raw) || list.contains("hash"));

    server.admin().delete("/api/v1/tokens/" + made.getString("id")).is(204);
    server.with(raw).get("/api/v1/me").is(401);
  }

  @Test
  void aTokenExpires() {
    JsonObject order = new JsonObject().put("name", "short").put("expiresIn", "1h");
    String raw = server.admin().post("/api/v1/tokens", order).is(201).json().getString("raw");
    server.with(raw).get("/api/v1/me").is(200);
    server.clock.advance(Duration.ofMinutes(61));
    server.with(raw).get("/api/v1/me").is(401);
  }

  @Test
  void nobodyCreatesATokenWithMoreRights() {
    make(server.as(AccessRole.RUNNER), "more", "admin").is(403);
    make(server.as(AccessRole.RUNNER), "same", "runner").is(201);
    JsonObject agents = new JsonObject().put("name", "agents").put("kind", "registration");
    server.as(AccessRole.MAINTAINER).post("/api/v1/tokens", agents).is(403);
    server.admin().post("/api/v1/tokens", agents).is(201);
  }

  @Test
  void aRepeatedCreateNeitherShowsTheSecretNorCreatesAToken() {
    JsonObject order = new JsonObject().put("name", "once");
    server.admin().post("/api/v1/tokens", order, "key").is(201);
    server.admin().post("/api/v1/tokens", order, "key").is(409);
    JsonArray all = server.admin().get("/api/v1/tokens").is(200).json().getJsonArray("items");
    assertEquals(
        1, all.stream().filter(t -> "once".equals(((JsonObject) t).getString("name"))).count());
  }

  @DisplayName("no two machines of one name")
  @Test
  void enrolmentCreatesAMachineAndATokenOnlyForTheGateway() {
    JsonObject asked =
        new JsonObject()
            .put("hostname", "h1")
            .put("identity", PROOF)
            .put("slots", 2)
            .put("labels", new JsonArray().add("fast"))
            .put("facts", new JsonObject().put("platform", "linux"));
    JsonObject got = enrol(asked).is(201).json();
    String token = got.getString("token");
    assertEquals("5s", got.getString("heartbeat"));
    AuthenticatedPrincipal agent = ApiServer.wait(server.security.principalResolver.bearer(token));
    assertEquals(TokenKind.AGENT, agent.kind());
    assertEquals(got.getString("machineId"), agent.machineId());
    assertNull(agent.role());
    server.with(token).get("/api/v1/me").is(403);

    JsonObject machine = server.admin().get("/api/v1/machines/h1").is(200).json();
    assertEquals(2, machine.getInteger("slots"));
    assertEquals("offline", machine.getString("presence"));
    // the same host name again is another machine; with its id it is the same one
    JsonObject second = enrol(asked).is(201).json();
    assertEquals("h1-2", second.getString("name"));
    asked.put("machineId", got.getString("machineId"));
    JsonObject again = enrol(asked).is(201).json();
    assertEquals(got.getString("machineId"), again.getString("machineId"));
    assertNotEquals(token, again.getString("token"));
    server.with(token).get("/api/v1/me").is(401);
  }

  @DisplayName("an agent that boots does not wipe what people set")
  @Test
  void editsOfAMachineSurviveEnrolmentAndHeartbeats() {
    JsonObject asked =
        new JsonObject().put("hostname", "h").put("name", "m").put("identity", PROOF);
    String id = enrol(asked).is(201).json().getString("machineId");
    TestApiClient admin = server.admin();
    TestApiClient.ReceivedResponse read = admin.get("/api/v1/machines/m").is(200);
    // a heartbeat writes the document, which must not make the edit stale
    ApiServer.wait(
        server.stores.machines.update(id, m -> MachineUpdates.seen(m, server.clock.instant())));
    JsonObject edit =
        new JsonObject()
            .put("properties", new JsonObject().put("rack", "7"))
            .put("health", "maintenance")
            .put("healthNote", "new disk");
    admin.put("/api/v1/machines/m", edit, read.header("ETag")).is(200);
    admin.put("/api/v1/machines/m", edit, read.header("ETag")).is(412);
    enrol(asked).is(201);
    JsonObject machine = admin.get("/api/v1/machines/" + id).is(200).json();
    assertEquals("7", machine.getJsonObject("properties").getJsonArray("rack").getString(0));
    assertEquals("maintenance", machine.getString("health"));
    assertTrue(machine.containsKey("lastSeenAt"));
  }

  @Test
  void theRegistrationTokenDoesNotTakeOverAnEnrolledMachine() {
    JsonObject asked =
        new JsonObject().put("hostname", "h").put("name", "m").put("identity", PROOF);
    JsonObject first = enrol(asked).is(201).json();
    String token = first.getString("token");
    JsonObject other = asked.copy().put("identity", PROOF.replace('p', 'q'));
    JsonObject byId = other.copy().put("machineId", first.getString("machineId"));
    for (JsonObject attack : new JsonObject[] {other, byId, plain(other), plain(byId)}) {
      String detail = enrol(attack).is(409).json().getString("detail");
      assertTrue(detail.startsWith("machine m is enrolled already, by another agent"), detail);
    }
    // the enrolled agent keeps working; nothing was taken from it
    assertEquals("m", ApiServer.wait(server.security.principalResolver.bearer(token)).name());
    enrol(asked).is(201);
  }

  @Test
  void aMachineWhoseTokenWasDeletedIsFreeForAnotherAgent() {
    JsonObject asked = new JsonObject().put("hostname", "h").put("name", "m");
    String id = enrol(asked).is(201).json().getString("machineId");
    enrol(asked).is(409);
    JsonArray all = server.admin().get("/api/v1/tokens").is(200).json().getJsonArray("items");
    String token =
        all.stream()
            .map(JsonObject.class::cast)
            .filter(t -> id.equals(t.getString("machineId")))
            .findFirst()
            .orElseThrow()
            .getString("id");
    server.admin().delete("/api/v1/tokens/" + token).is(204);
    assertEquals(id, enrol(asked).is(201).json().getString("machineId"));
  }

  private static JsonObject plain(JsonObject asked) {
    JsonObject copy = asked.copy();
    copy.remove("identity");
    return copy;
  }

  @Test
  void anUnknownMachineIdEnrolsANewMachine() {
    JsonObject asked = new JsonObject().put("hostname", "h").put("machineId", "gone");
    assertNotEquals("gone", enrol(asked).is(201).json().getString("machineId"));
  }

  private TestApiClient.ReceivedResponse enrol(JsonObject asked) {
    return server.with(ApiServer.REGISTRATION).post("/api/v1/agents/enrol", asked);
  }

  private static TestApiClient.ReceivedResponse make(TestApiClient who, String name, String role) {
    return who.post("/api/v1/tokens", new JsonObject().put("name", name).put("role", role));
  }
}
