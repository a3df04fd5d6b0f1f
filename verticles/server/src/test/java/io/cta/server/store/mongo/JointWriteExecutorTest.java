package io.cta.server.store.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.bwaldvogel.mongo.MongoServer;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.CollectionSpec.Field;
import io.cta.server.store.CollectionSpec.Type;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.ScopeRevisions;
import io.cta.server.store.StoredDocument;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Joint writes are finished when their server died half-way after deciding them. */
@Timeout(60)
class JointWriteExecutorTest {
  private static final CollectionSpec THINGS =
      new CollectionSpec(
          "things", List.of(new Field("name", Type.TEXT)), List.of("name"), List.of());

  private final Vertx vertx = Vertx.vertx();
  private final MongoServer server = EmbeddedMongoServer.started();
  private final MongoSettings settings =
      MongoSettings.of("mongodb://127.0.0.1:" + server.getLocalAddress().getPort(), "cta-left");
  private final MongoStore store = new MongoStore(vertx, settings, MonotonicClock.system());
  private final MongoClient client = MongoClient.create(vertx, settings.client());
  private final RetryExecutor retry =
      new RetryExecutor(vertx, Duration.ofSeconds(5), () -> false, MonotonicClock.system());

  @BeforeEach
  void open() {
    await(store.prepare(List.of(THINGS)));
  }

  @AfterEach
  void close() {
    await(store.close());
    await(client.close());
    await(vertx.close());
    server.shutdownNow();
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in time", e);
    }
  }

  private JointWriteExecutor impatient() {
    return new JointWriteExecutor(vertx, client, retry, name -> THINGS, 1);
  }

  private static JsonObject named(String name) {
    return new JsonObject().put("name", name);
  }

  /** Three writes are decided, and the first is done. */
  private void leaveHalfWritten() {
    DocumentWrite first = new DocumentWrite.Insert(THINGS, "a", named("a"));
    DocumentWrite second = new DocumentWrite.Insert(THINGS, "b", named("b"));
    DocumentWrite third = new DocumentWrite.Replace(THINGS, "c", 1, named("c2"));
    await(store.apply(List.of(first, new DocumentWrite.Insert(THINGS, "c", named("c")))));
    JsonArray pending =
        new JsonArray()
            .add(new JointWrite(first, null).toJson())
            .add(new JointWrite(second, null).toJson())
            .add(new JointWrite(third, named("c").put("id", "c")).toJson());
    JsonObject body = new JsonObject().put("pending", pending);
    await(store.apply(List.of(new DocumentWrite.Insert(ScopeRevisions.SPEC, "s", body))));
  }

  private String name(String id) {
    return await(store.get(THINGS, id)).map(StoredDocument::body).orElseThrow().getString("name");
  }

  @Test
  void whoAsksForTheRevisionFinishesIt() {
    leaveHalfWritten();
    long revision = await(impatient().revision("s"));
    assertEquals(List.of("a", "b", "c2"), List.of(name("a"), name("b"), name("c")));
    assertTrue(revision > 1);
    assertEquals(revision, await(store.revision("s")));
    DocumentWrite next = new DocumentWrite.Replace(THINGS, "c", 2, named("c3"));
    assertEquals(
        List.of(DocumentWrite.Outcome.DONE), await(store.together("s", revision, List.of(next))));
  }

  @Test
  void severalMayFinishItAtOnceAndItIsDoneOnce() {
    leaveHalfWritten();
    List<Future<Long>> all =
        List.of(impatient().revision("s"), impatient().revision("s"), impatient().revision("s"));
    await(Future.all(all));
    assertEquals(1, all.stream().map(Future::result).distinct().count());
    assertEquals(2, await(store.get(THINGS, "c")).orElseThrow().version());
    assertEquals(1, await(store.get(THINGS, "b")).orElseThrow().version());
  }

  @Test
  void withoutAnybodyWhoAsksItIsFinishedToo() {
    leaveHalfWritten();
    await(impatient().finishAll());
    assertEquals("c2", name("c"));
  }

  @Test
  void nothingIsDecidedWhileItIsNotFinished() {
    leaveHalfWritten();
    DocumentWrite next = new DocumentWrite.Insert(THINGS, "d", named("d"));
    assertEquals(
        List.of(DocumentWrite.Outcome.STALE), await(store.together("s", 0, List.of(next))));
    assertTrue(await(store.get(THINGS, "d")).isEmpty());
  }
}
