package io.cta.server.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.IdentityRefused;
import io.cta.bus.SessionQuery;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent's secret changes at each connection; a copy of the agent keeps a dead one. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SecretsTest {
  private static final JsonObject KEPT = new JsonObject().put("isKept", true);

  private final ApiServer server = new ApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void bothSecretsAreValidUntilTheNewOneIsUsed() {
    String first = enrolled();
    String lost = renewed(first);
    String second = renewed(first);
    renew(first, KEPT).is(200);
    assertEquals("m", renew(second, KEPT).is(200).json().getString("name"));
    renew(second, KEPT).is(200);
    renew(first, KEPT).is(410);
    renew(lost, KEPT).is(410);
    renew(renewed(second), KEPT).is(200);
    renew(second, KEPT).is(410);
  }

  @Test
  void aCopyIsToldWhatHappenedAndWhatToDoAndTheRefusalIsAnnounced() {
    Promise<IdentityRefused> heard = Promise.promise();
    BusAdapter.<IdentityRefused>hear(
        server.vertx, BusAddresses.IDENTITY_REFUSED, heard::tryComplete);
    String first = enrolled();
    renew(renewed(first), KEPT).is(200);
    JsonObject problem = renew(first, new JsonObject()).is(410).json();
    assertEquals("urn:cta:error:identity-copied", problem.getString("type"));
    for (String word : new String[] {"copy", "machine m", "identity.json", "--token-file"}) {
      assertTrue(problem.getString("detail").contains(word), problem.getString("detail"));
    }
    IdentityRefused refused = ApiServer.wait(heard.future());
    assertEquals(machine().getString("id"), refused.machineId());
    assertTrue(refused.address().startsWith("127.0.0.1"), refused.address());
  }

  @Test
  void anAgentOfAnEarlierVersionKeepsItsSecret() {
    String only = enrolled();
    for (int i = 0; i < 3; i++) {
      assertEquals("m", ApiServer.wait(server.security.principalResolver.bearer(only)).name());
    }
  }

  @Test
  void aLiveAgentIsAskedToRenewItsSecret() {
    BusAdapter.<SessionQuery>serve(
        server.vertx,
        BusAddresses.SESSION_CLAIM,
        claim -> {
          if (claim.session().equals("alive")) {
            return Future.succeededFuture();
          }
          throw new ServiceFailure(ErrorCode.SESSION_TAKEN, "another session speaks for it");
        });
    Promise<String> shared = Promise.promise();
    BusAdapter.<String>hear(server.vertx, BusAddresses.SECRET_SHARED, shared::tryComplete);
    String token = enrolled();
    JsonObject alone = renew(token, new JsonObject().put("session", "alive")).is(200).json();
    assertNull(alone.getString("settle"));
    assertFalse(shared.future().isComplete());
    JsonObject two = renew(token, new JsonObject().put("session", "other")).is(200).json();
    assertEquals("5s", two.getString("settle"));
    assertEquals(machine().getString("id"), ApiServer.wait(shared.future()));
  }

  @Test
  void digestsAreNotShownAndOnlyAgentsRenew() {
    renew(renewed(enrolled()), KEPT).is(200);
    String list = server.admin().get("/api/v1/tokens").is(200).response().body();
    assertFalse(list.contains("nextHashes") || list.contains("retired"), list);
    server.admin().post("/api/v1/agents/secret", new JsonObject()).is(403);
  }

  @Test
  void enrollingAgainRemovesOldSecrets() {
    String first = enrolled();
    String second = renewed(first);
    enrolled();
    renew(first, KEPT).is(401);
    renew(second, KEPT).is(401);
  }

  private JsonObject machine() {
    return server.admin().get("/api/v1/machines/m").is(200).json();
  }

  private String enrolled() {
    JsonObject asked =
        new JsonObject().put("hostname", "h").put("name", "m").put("identity", "p".repeat(43));
    TestApiClient agents = server.with(ApiServer.REGISTRATION);
    return agents.post("/api/v1/agents/enrol", asked).is(201).json().getString("token");
  }

  private String renewed(String token) {
    return renew(token, new JsonObject()).is(200).json().getString("token");
  }

  private TestApiClient.ReceivedResponse renew(String token, JsonObject body) {
    return server.with(token).post("/api/v1/agents/secret", body);
  }
}
