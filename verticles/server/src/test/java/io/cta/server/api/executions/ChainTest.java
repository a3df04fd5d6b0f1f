package io.cta.server.api.executions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AccessRole;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionChain;
import io.cta.domain.State;
import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.cta.server.store.DocumentWrite;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Executions that cause each other make a tree, which has an end. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ChainTest {
  private final ApiServer server = new ApiServer();
  private final TestApiClient runner = server.as(AccessRole.RUNNER);

  @BeforeEach
  void start() {
    server.nightly();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatATestAsksForHangsBelowItsExecution() {
    JsonObject root = ask(null).is(202).json();
    assertNull(root.getJsonObject("chain"));
    JsonObject child = ask(root.getString("id") + ";depth=0").is(202).json();
    JsonObject chain = child.getJsonObject("chain");
    assertEquals(root.getString("id"), chain.getString("root"));
    assertEquals(root.getString("id"), chain.getString("parent"));
    assertEquals(1, chain.getInteger("depth"));
    JsonObject grandchild = ask(child.getString("id") + ";depth=1").is(202).json();
    for (JsonObject each : List.of(root, child, grandchild)) {
      JsonObject tree = tree(each.getString("id"));
      assertEquals(root.getString("id"), tree.getString("root"));
      assertEquals(3, tree.getJsonArray("executions").size());
      assertFalse(tree.getBoolean("cut"));
    }
    JsonObject last = tree(root.getString("id")).getJsonArray("executions").getJsonObject(2);
    assertEquals(child.getString("id"), last.getString("parent"));
    assertEquals("nightly", last.getString("scenarioName"));
    assertEquals("pending", last.getString("state"));
  }

  @Test
  void aClaimCanOnlyMakeAChainLonger() {
    String id = ask(null).is(202).json().getString("id");
    for (int i = 0; i < 5; i++) {
      id = ask(id + ";depth=0").is(202).json().getString("id");
    }
    JsonObject child = ask(id + ";depth=0").is(202).json();
    assertEquals(6, child.getJsonObject("chain").getInteger("depth"));
    JsonObject raised = ask(id + ";depth=7").is(202).json();
    assertEquals(8, raised.getJsonObject("chain").getInteger("depth"));
    JsonObject elsewhere = ask("ELSEWHERE;depth=3").is(202).json();
    assertEquals(4, elsewhere.getJsonObject("chain").getInteger("depth"));
    assertEquals("ELSEWHERE", elsewhere.getJsonObject("chain").getString("root"));
  }

  @Test
  void aChainThatIsTooLongIsRefused() {
    assertTrue(ask("X;depth=8").is(409).response().body().contains("loop"));
    ask("X;depth=999").is(409);
  }

  @Test
  void whatIsNoChainIsRefused() {
    for (String wrong : List.of("x", "X;depth=", "X;depth=-1", "X;depth=1000", ";depth=1", " ")) {
      assertTrue(ask(wrong).is(400).response().body().contains("X-CTA-Chain"), "taken: " + wrong);
    }
  }

  @Test
  void aRerunStaysWhereItsOriginalWas() {
    String root = ask(null).is(202).json().getString("id");
    String child = ask(root + ";depth=0").is(202).json().getString("id");
    ApiServer.wait(
        server.stores.executions.update(
            child, e -> ExecutionBuilder.builder(e).state(State.FINISHED).build()));
    JsonObject rerun =
        runner.post("/api/v1/executions/" + child + "/rerun", new JsonObject()).is(202).json();
    assertEquals(root, rerun.getJsonObject("chain").getString("parent"));
    assertEquals(3, tree(root).getJsonArray("executions").size());
  }

  @Test
  void aTreeThatIsTooBigIsCutAndSaysSo() {
    String root = ask(null).is(202).json().getString("id");
    Execution stored = ApiServer.wait(server.stores.executions.get(root)).value();
    List<DocumentWrite> writes = new ArrayList<>();
    for (int i = 0; i < ChainResource.MAX_EXECUTIONS; i++) {
      String id = "Z" + (10_000 + i);
      writes.add(
          server.stores.executions.inserting(
              id,
              ExecutionBuilder.builder(stored)
                  .id(id)
                  .chain(new ExecutionChain(root, root, 0, 1))
                  .build()));
      if (i == ChainResource.MAX_EXECUTIONS - 2) {
        ApiServer.wait(server.stores.documents.apply(writes));
        writes.clear();
        assertFalse(tree(root).getBoolean("cut"));
      }
    }
    ApiServer.wait(server.stores.documents.apply(writes));
    JsonObject tree = tree(root);
    assertTrue(tree.getBoolean("cut"));
    JsonArray shown = tree.getJsonArray("executions");
    assertEquals(ChainResource.MAX_EXECUTIONS, shown.size());
    assertEquals(root, shown.getJsonObject(0).getString("id"));
  }

  private JsonObject tree(String id) {
    return runner.get("/api/v1/executions/" + id + "/chain").is(200).json();
  }

  private TestApiClient.ReceivedResponse ask(String chain) {
    return runner.send(
        "POST",
        "/api/v1/executions",
        "{\"scenario\":\"nightly\"}",
        chain == null ? Map.of() : Map.of("X-CTA-Chain", chain));
  }
}
