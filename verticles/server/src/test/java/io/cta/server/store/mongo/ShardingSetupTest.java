package io.cta.server.store.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.bwaldvogel.mongo.MongoServer;
import io.cta.domain.LogChunk;
import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.mongo.WireProxy.Fault;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which commands a router gets, and which servers get none. The router's answers are simulated:
 * none of this has run against a real sharded cluster.
 */
@Timeout(60)
class ShardingSetupTest {
  private static final String ROUTER =
      "{ok: 1, ismaster: true, msg: 'isdbgrid', maxWireVersion: 21, minWireVersion: 0}";

  private final Vertx vertx = Vertx.vertx();
  private final MongoServer server = EmbeddedMongoServer.started();
  private WireProxy proxy;
  private MongoSettings settings;

  @BeforeEach
  void start() {
    proxy = new WireProxy(vertx, server.getLocalAddress().getPort());
    settings = MongoSettings.of(proxy.url(), "tests");
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
    vertx.close().await(10, TimeUnit.SECONDS);
    server.shutdownNow();
  }

  static Stream<CollectionSpec> collections() {
    return StoreCollections.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("collections")
  void aUniqueIndexBeginsWithTheShardKeyOrTheCollectionStaysWhole(CollectionSpec spec) {
    ShardKey key = ShardKey.of(spec);
    assertFalse(key.reason().isBlank());
    if (key.spread()) {
      assertEquals(List.of(), spec.unique());
      // the id's own index is unique per shard only: equal ids must have equal keys
      List<String> fields = List.copyOf(key.fields().fieldNames());
      assertTrue(
          fields.equals(List.of("_id")) || fields.equals(List.of("executionId", "_id")),
          fields.toString());
    }
  }

  @Test
  void whatIsSpreadByItsExecutionHasIdsThatBeginWithTheExecutions() {
    String task = Task.id("E", 7);
    assertTrue(task.startsWith("E"));
    assertTrue(Status.id(task, 1, 2).startsWith(task));
    assertTrue(LogChunk.id(task, 1, 2).startsWith(task));
  }

  @Test
  void whatGrowsIsSpreadAndTheRestStaysWhole() {
    assertEquals(
        "executionSpecs {_id: hashed}, executions {_id: hashed},"
            + " tasks {executionId: hashed, _id: 1},"
            + " statuses {executionId: hashed, _id: 1}, logs {executionId: hashed, _id: 1},"
            + " artifacts {executionId: hashed, _id: 1}, deliveries {executionId: hashed, _id: 1},"
            + " idempotency {_id: hashed}",
        String.join(
            ", ",
            ShardingSetup.choices(StoreCollections.ALL).stream()
                .filter(choice -> choice.key() != null)
                .map(choice -> choice.collection() + " " + choice.key())
                .map(text -> text.replace("\"", "").replace(":", ": ").replace(",", ", "))
                .toList()));
  }

  @Test
  void theDatabaseComesFirstAndEachCollectionHasTheIndexOfItsKeyBeforeItIsSharded() {
    List<CollectionSpec> some =
        List.of(StoreCollections.USERS, StoreCollections.EXECUTIONS, StoreCollections.TASKS);
    assertEquals(
        List.of(
            "admin {'enableSharding':'tests'}",
            "own {'createIndexes':'executions','indexes':[{'key':{'_id':'hashed'},"
                + "'name':'shard'}]}",
            "admin {'shardCollection':'tests.executions','key':{'_id':'hashed'}}",
            "own {'createIndexes':'tasks','indexes':[{'key':{'executionId':'hashed','_id':1},"
                + "'name':'shard'}]}",
            "admin {'shardCollection':'tests.tasks','key':{'executionId':'hashed','_id':1}}"),
        ShardingSetup.commands("tests", some).stream()
            .map(c -> (c.admin() ? "admin " : "own ") + c.body().encode().replace('"', '\''))
            .toList());
  }

  @Test
  void aSingleServerIsNotSharded() {
    ServiceFailure failure = failure();
    assertEquals(ErrorCode.CONFLICT, failure.code());
    assertEquals(
        settings.hosts() + " is a single server, not a mongos: only a sharded cluster can shard",
        failure.getMessage());
    assertEquals(0, proxy.seen("enableSharding") + proxy.seen("createIndexes"));
  }

  @Test
  void aReplicaSetIsNotSharded() {
    proxy.next("isMaster", new Fault.Answer("{ok: 1, ismaster: true, setName: 'r'}"));
    assertTrue(failure().getMessage().contains("is a member of the replica set r, not a mongos"));
  }

  @Test
  void aRouterIsGivenEveryCommandInOrder() throws Exception {
    proxy.next("isMaster", new Fault.Answer(ROUTER));
    for (int i = 0; i < 10; i++) {
      proxy.next("enableSharding", new Fault.Answer("{ok: 1}"));
      proxy.next("createIndexes", new Fault.Answer("{ok: 1}"));
      proxy.next("shardCollection", new Fault.Answer("{ok: 1}"));
    }
    List<String> done =
        ShardingSetup.apply(vertx, settings, StoreCollections.ALL).await(20, TimeUnit.SECONDS);
    assertEquals(
        ShardingSetup.commands("tests", StoreCollections.ALL).stream()
            .map(c -> c.body().encode())
            .toList(),
        done);
    assertEquals(8, proxy.seen("shardCollection"));
  }

  @Test
  void aCollectionThatIsShardedByAnotherKeyIsSaid() {
    proxy.next("isMaster", new Fault.Answer(ROUTER));
    proxy.next("enableSharding", new Fault.Answer("{ok: 1}"));
    proxy.next("createIndexes", new Fault.Answer("{ok: 1}"));
    proxy.next(
        "shardCollection",
        new Fault.Answer("{ok: 0, code: 23, errmsg: 'sharding already enabled for tests.x'}"));
    assertEquals(
        "a collection is sharded by another key already: sharding already enabled for tests.x",
        failure().getMessage());
  }

  @Test
  void aReplaceOfASpreadDocumentNamesTheOneShard() {
    JsonObject body = new JsonObject().put("executionId", "E");
    DocumentWrite.Replace task = new DocumentWrite.Replace(StoreCollections.TASKS, "E-1", 3, body);
    assertEquals(
        new JsonObject().put("_id", "E-1").put("executionId", "E"),
        ShardKey.aim(StoreCollections.TASKS, new JsonObject().put("_id", "E-1"), task));
    DocumentWrite.Replace user = new DocumentWrite.Replace(StoreCollections.USERS, "u", 3, body);
    assertEquals(new JsonObject(), ShardKey.aim(StoreCollections.USERS, new JsonObject(), user));
  }

  private ServiceFailure failure() {
    return assertThrows(
        ServiceFailure.class,
        () ->
            ShardingSetup.apply(vertx, settings, StoreCollections.ALL).await(20, TimeUnit.SECONDS));
  }
}
