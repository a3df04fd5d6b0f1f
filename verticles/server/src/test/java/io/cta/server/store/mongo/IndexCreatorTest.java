package io.cta.server.store.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.bwaldvogel.mongo.MongoServer;
import io.cta.domain.IdGenerator;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.IndexSpec;
import io.cta.server.store.StoreCollections;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A start creates missing indexes and says what is wrong with existing ones. */
@Timeout(60)
class IndexCreatorTest {
  private static final CollectionSpec USERS = StoreCollections.USERS;

  private final Vertx vertx = Vertx.vertx();
  private final MongoServer server = EmbeddedMongoServer.started();
  private MongoSettings settings;
  private MongoClient client;

  @BeforeEach
  void start() {
    String url = "mongodb://127.0.0.1:" + server.getLocalAddress().getPort();
    settings = MongoSettings.of(url, "cta-" + IdGenerator.next());
    client = settings.connect(vertx);
  }

  @AfterEach
  void stop() {
    await(client.close());
    await(vertx.close());
    server.shutdownNow();
  }

  @Test
  void everyIndexOfEveryCollectionIsThereAfterTheStartAndAfterTheNext() {
    for (int start = 0; start < 2; start++) {
      MongoStore store = new MongoStore(vertx, settings, MonotonicClock.system());
      await(store.prepare(StoreCollections.ALL));
      await(store.close());
      for (CollectionSpec spec : StoreCollections.ALL) {
        IndexPlan plan = IndexPlan.of(spec, found(spec));
        assertEquals(new IndexPlan(List.of(), List.of(), List.of()), plan, spec.name());
      }
    }
  }

  @Test
  void anIndexThatIsNotUniqueButMustBeIsSaid() {
    make("unique name", new JsonObject().put("name", 1), false);
    assertEquals(
        "the index 'unique name' of users is {\"name\":1} not unique and must be {\"name\":1}"
            + " unique: drop it, the next start makes the right one",
        refused());
  }

  @Test
  void anIndexOfOurNameWithOtherKeysIsSaid() {
    make("role id", new JsonObject().put("role", 1), false);
    assertEquals(
        "the index 'role id' of users is {\"role\":1} not unique and must be"
            + " {\"role\":1,\"_id\":1} not unique: drop it, the next start makes the right one",
        refused());
  }

  @Test
  void duplicatesOfAUniqueFieldFailTheStartAndSayWhichField() {
    for (String id : List.of("a", "b")) {
      await(client.insert("users", new JsonObject().put("_id", id).put("name", "same")));
    }
    assertEquals(
        "users holds several documents with the same name, which must be unique: change or remove"
            + " all but one of them, then start again",
        refused());
  }

  @Test
  void anIndexUnderAnotherNameServesAndWhatIsNoneOfOursIsLeftAlone() {
    make("by hand", new JsonObject().put("role", 1).put("_id", 1), false);
    make("extra", new JsonObject().put("email", 1), false);
    MongoStore store = new MongoStore(vertx, settings, MonotonicClock.system());
    await(store.prepare(List.of(USERS)));
    await(store.close());
    assertEquals(
        new IndexPlan(List.of(), List.of(), List.of("extra")), IndexPlan.of(USERS, found(USERS)));
    List<String> names = found(USERS).stream().map(i -> i.getString("name")).toList();
    assertTrue(names.containsAll(List.of("by hand", "extra", "unique name")), names.toString());
    assertTrue(!names.contains("role id"), names.toString());
  }

  @Test
  void indexesOfAShardKeyAreExpected() {
    List<JsonObject> found = new ArrayList<>();
    for (IndexSpec wanted : IndexSpec.of(StoreCollections.TASKS)) {
      found.add(index(wanted.name(), IndexPlan.keys(wanted)));
    }
    found.add(index("_id_", new JsonObject().put("_id", 1)));
    JsonObject shard = ShardKey.of(StoreCollections.TASKS).fields();
    found.add(index("executionId_hashed__id_1", shard));
    IndexPlan plan = IndexPlan.of(StoreCollections.TASKS, found);
    assertEquals(new IndexPlan(List.of(), List.of(), List.of()), plan);
    found.remove(0);
    assertEquals(
        List.of(IndexSpec.of(StoreCollections.TASKS).get(0)),
        IndexPlan.of(StoreCollections.TASKS, found).missing());
  }

  private static JsonObject index(String name, JsonObject keys) {
    // as servers return it: directions may come as 1.0
    JsonObject key = new JsonObject();
    keys.forEach(
        k -> key.put(k.getKey(), Integer.valueOf(1).equals(k.getValue()) ? 1.0 : "hashed"));
    return new JsonObject().put("v", 2).put("name", name).put("key", key);
  }

  private void make(String name, JsonObject keys, boolean unique) {
    IndexOptions options = new IndexOptions().name(name).unique(unique);
    await(client.createIndexWithOptions("users", keys, options));
  }

  private List<JsonObject> found(CollectionSpec spec) {
    return await(client.listIndexes(spec.name())).stream().map(JsonObject.class::cast).toList();
  }

  private String refused() {
    MongoStore store = new MongoStore(vertx, settings, MonotonicClock.system());
    ServiceFailure failure =
        assertThrows(ServiceFailure.class, () -> await(store.prepare(StoreCollections.ALL)));
    await(store.close());
    assertEquals(ErrorCode.CONFLICT, failure.code());
    return failure.getMessage();
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError("no answer in time", e);
    }
  }
}
