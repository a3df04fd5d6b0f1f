package io.cta.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.error.ServiceFailure;
import io.cta.server.store.Filter.Op;
import io.cta.server.store.Write.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fake keeps the contract that the services rely on. */
@Timeout(20)
class MemoryStoreTest {
  private final Vertx vertx = Vertx.vertx();
  private final MemoryStore store = new MemoryStore(vertx);

  @BeforeEach
  void threeMachines() {
    add("m1", "alpha", "online");
    add("m2", "beta", "offline");
    add("m3", "gamma", "online");
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void filtersByDeclaredFieldsOnly() {
    Filter online = Filter.eq("presence", "online");
    assertEquals(2L, await(store.count(Collections.MACHINES, online)));
    assertEquals(1L, await(store.count(Collections.MACHINES, online.and("name", Op.PREFIX, "g"))));
    assertEquals(2L, await(store.count(Collections.MACHINES, Filter.eq("labels", "x"))));
    assertThrows(
        ServiceFailure.class,
        () -> await(store.count(Collections.MACHINES, Filter.eq("hostname", "h"))));
  }

  @Test
  void pagesByKeyInBothDirections() {
    Query query = Query.of(Collections.MACHINES, Filter.ALL, 2).sortedBy("presence", true);
    Page<Document> first = await(store.find(query));
    Page<Document> second = await(store.find(query.after(first.next())));
    List<String> ids = new ArrayList<>();
    first.items().forEach(d -> ids.add(d.id()));
    second.items().forEach(d -> ids.add(d.id()));
    assertEquals(List.of("m3", "m1", "m2"), ids);
    assertNull(second.next());
  }

  @Test
  void refusesTakenNamesAndOutdatedVersions() {
    assertEquals(Outcome.DUPLICATE, add("m4", "alpha", "online"));
    Write stale = new Write.Replace(Collections.MACHINES, "m1", 7, body("x", "online"));
    Write taken = new Write.Replace(Collections.MACHINES, "m1", 1, body("beta", "online"));
    Write good = new Write.Replace(Collections.MACHINES, "m1", 1, body("delta", "offline"));
    assertEquals(
        List.of(Outcome.STALE, Outcome.DUPLICATE, Outcome.DONE, Outcome.STALE),
        await(store.apply(List.of(stale, taken, good, good))));
    assertEquals(2, await(store.get(Collections.MACHINES, "m1")).orElseThrow().version());
    assertEquals(
        Map.of("offline", 2L, "online", 1L),
        await(store.countBy(Collections.MACHINES, Filter.ALL, "presence")));
  }

  private Outcome add(String id, String name, String presence) {
    Write insert = new Write.Insert(Collections.MACHINES, id, body(name, presence));
    return await(store.apply(List.of(insert))).get(0);
  }

  private static JsonObject body(String name, String presence) {
    List<String> labels = presence.equals("online") ? List.of("x", "y") : List.of();
    return new JsonObject().put("name", name).put("presence", presence).put("labels", labels);
  }

  private static <T> T await(Future<T> future) {
    return future.await();
  }
}
