package io.cta.server.store.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.bwaldvogel.mongo.MongoServer;
import io.cta.domain.IdGenerator;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.DocumentWrite.Outcome;
import io.cta.server.store.StoredDocument;
import io.cta.server.store.mongo.WireProxy.Fault;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever fails on the way of a request, each write is done once and its outcome is right. */
@Timeout(120)
class FailoverTest {
  private static final CollectionSpec THINGS =
      new CollectionSpec(
          "things",
          List.of(new CollectionSpec.Field("name", CollectionSpec.Type.TEXT)),
          List.of("name"),
          List.of());
  private static final String NOT_PRIMARY =
      "{ok: 0, code: 10107, codeName: 'NotWritablePrimary', errmsg: 'not primary'}";
  private static final String NO_MAJORITY =
      "{ok: 1, n: 1, nModified: 1, writeConcernError: {code: 64, codeName: 'WriteConcernFailed',"
          + " errmsg: 'waiting for replication timed out'}}";
  private static final String STEPPED_DOWN =
      "{ok: 0, code: 11602, codeName: 'InterruptedDueToReplStateChange', errmsg: 'stepdown'}";

  private final Vertx vertx = Vertx.vertx();
  private final MongoServer server = EmbeddedMongoServer.started();
  private final String database = "cta-" + IdGenerator.next();
  private WireProxy proxy;
  private MongoStore store;
  private MongoStore other;

  @BeforeEach
  void start() {
    int port = server.getLocalAddress().getPort();
    proxy = new WireProxy(vertx, port);
    store = new MongoStore(vertx, patient(Duration.ofSeconds(20)), MonotonicClock.system());
    other =
        new MongoStore(
            vertx,
            MongoSettings.of("mongodb://127.0.0.1:" + port, database),
            MonotonicClock.system());
    await(store.prepare(List.of(THINGS)));
    await(other.prepare(List.of(THINGS)));
  }

  @AfterEach
  void stop() {
    await(store.close());
    await(other.close());
    proxy.close();
    await(vertx.close());
    server.shutdownNow();
  }

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault.CutBefore(),
        new Fault.CutAfter(),
        new Fault.Answer(NOT_PRIMARY),
        new Fault.AnswerAfter(NO_MAJORITY),
        new Fault.AnswerAfter(STEPPED_DOWN));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void anInsertIsDoneOnceAndToldAsDone(Fault fault) {
    proxy.next("insert", fault, fault);
    assertEquals(List.of(Outcome.DONE), apply(insert("a", "x")));
    assertEquals(new StoredDocument("a", 1, body("a", "x")), stored("a"));
    assertEquals(3, proxy.seen("insert"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aReplaceIsDoneOnceAndToldAsDone(Fault fault) {
    apply(insert("a", "x"));
    proxy.next("update", fault, fault);
    assertEquals(
        List.of(Outcome.DONE), apply(new DocumentWrite.Replace(THINGS, "a", 1, body("a", "y"))));
    assertEquals(new StoredDocument("a", 2, body("a", "y")), stored("a"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aWriteThatLosesIsToldAsLostThoughItsFirstAnswerWasLost(Fault fault) {
    await(other.apply(List.of(insert("a", "x"), insert("b", "y"))));
    proxy.next("insert", fault);
    assertEquals(
        List.of(Outcome.DUPLICATE, Outcome.DUPLICATE, Outcome.DONE),
        apply(insert("a", "x"), insert("c", "y"), insert("d", "z")));
    await(other.apply(List.of(new DocumentWrite.Replace(THINGS, "a", 1, body("a", "theirs")))));
    proxy.next("update", fault);
    assertEquals(
        List.of(Outcome.STALE),
        apply(new DocumentWrite.Replace(THINGS, "a", 1, body("a", "ours"))));
    proxy.next("update", fault);
    assertEquals(
        List.of(Outcome.DUPLICATE),
        apply(new DocumentWrite.Replace(THINGS, "a", 2, body("a", "y"))));
    assertEquals(new StoredDocument("a", 2, body("a", "theirs")), stored("a"));
  }

  @Test
  void aDeleteThatDidNotArriveIsDoneAgain() {
    apply(insert("a", "x"));
    proxy.next("delete", new Fault.CutBefore(), new Fault.Answer(NOT_PRIMARY));
    assertEquals(List.of(Outcome.DONE), apply(new DocumentWrite.Delete(THINGS, "a", 1)));
    proxy.next("delete", new Fault.CutBefore());
    apply(insert("a", "x"));
    assertEquals(List.of(Outcome.STALE), apply(new DocumentWrite.Delete(THINGS, "a", 7)));
  }

  @Test
  void whatCannotBeKnownIsSaidAsUnavailable() {
    apply(insert("a", "x"));
    proxy.next("delete", new Fault.CutAfter());
    unknown(new DocumentWrite.Delete(THINGS, "a", 1));
    await(
        other.apply(
            List.of(
                insert("a", "x"),
                new DocumentWrite.Replace(THINGS, "a", 1, body("a", "y")),
                new DocumentWrite.Replace(THINGS, "a", 2, body("a", "z")))));
    proxy.next("insert", new Fault.CutBefore());
    unknown(insert("a", "q"));
    proxy.next("update", new Fault.CutBefore());
    unknown(new DocumentWrite.Replace(THINGS, "a", 1, body("a", "q")));
    assertEquals(new StoredDocument("a", 3, body("a", "z")), stored("a"));
  }

  private void unknown(DocumentWrite write) {
    ServiceFailure failure = assertThrows(ServiceFailure.class, () -> apply(write));
    assertEquals(ErrorCode.UNAVAILABLE, failure.code());
    assertEquals("the database lost the answer to a write of a in things", failure.getMessage());
  }

  @Test
  void ofManyWritesCutOffInTheMiddleEachIsDoneOnce() {
    List<DocumentWrite> writes = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      writes.add(insert("a" + i, "n" + i));
      writes.add(new DocumentWrite.Replace(THINGS, "a" + i, 1, body("a" + i, "m" + i)));
    }
    for (Fault fault : faults().toList()) {
      proxy.next("insert", fault);
      proxy.next("update", fault, fault, fault);
    }
    List<Outcome> outcomes = await(store.apply(writes));
    assertTrue(outcomes.stream().allMatch(Outcome.DONE::equals), outcomes.toString());
    assertEquals(300, await(other.count(THINGS, DocumentFilter.ALL)));
    assertEquals(new StoredDocument("a7", 2, body("a7", "m7")), stored("a7"));
  }

  @Test
  void readsAreAskedAgain() {
    apply(insert("a", "x"));
    proxy.next("find", new Fault.CutAfter(), new Fault.Answer(NOT_PRIMARY), new Fault.CutBefore());
    assertEquals("a", stored("a").id());
    proxy.next("aggregate", new Fault.CutBefore(), new Fault.CutAfter(), new Fault.CutAfter());
    assertEquals(1, await(store.count(THINGS, DocumentFilter.ALL)));
    proxy.next("find", new Fault.CutAfter(), new Fault.CutAfter(), new Fault.CutAfter());
    assertEquals(
        1, await(store.find(DocumentQuery.of(THINGS, DocumentFilter.ALL, 5))).items().size());
  }

  @Test
  void whatIsAskedWhileTheServerIsAwayIsDoneWhenItIsBack() {
    proxy.down();
    List<Future<?>> waiting = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      waiting.add(store.apply(List.of(insert("a" + i, null))));
    }
    waiting.add(store.get(THINGS, "a0"));
    vertx.setTimer(1_000, id -> proxy.up());
    await(Future.all(waiting));
    assertEquals(50, await(other.count(THINGS, DocumentFilter.ALL)));
  }

  @Test
  void aServerThatStaysAwayIsSaidAndAClosingStoreDoesNotWaitForIt() throws Exception {
    MongoStore hasty = new MongoStore(vertx, patient(Duration.ZERO), MonotonicClock.system());
    await(hasty.prepare(List.of(THINGS)));
    Future<List<Outcome>> given = store.apply(List.of());
    proxy.down();
    ServiceFailure failure =
        assertThrows(ServiceFailure.class, () -> await(hasty.apply(List.of(insert("a", null)))));
    assertEquals(ErrorCode.UNAVAILABLE, failure.code());
    Future<List<Outcome>> waiting = store.apply(List.of(insert("b", null)));
    long begun = System.nanoTime();
    await(store.close());
    assertTrue(waiting.failed());
    assertTrue(Duration.ofNanos(System.nanoTime() - begun).toSeconds() < 15);
    assertTrue(given.succeeded());
    await(hasty.close());
  }

  private MongoSettings patient(Duration patience) {
    return new MongoSettings(
        proxy.url() + "/?serverSelectionTimeoutMS=3000", database, 8192, patience);
  }

  private List<Outcome> apply(DocumentWrite... writes) {
    return await(store.apply(Arrays.asList(writes)));
  }

  private StoredDocument stored(String id) {
    return await(store.get(THINGS, id)).orElseThrow();
  }

  private static DocumentWrite insert(String id, String name) {
    return new DocumentWrite.Insert(THINGS, id, body(id, name));
  }

  private static JsonObject body(String id, String name) {
    JsonObject body = new JsonObject().put("id", id);
    return name == null ? body : body.put("name", name);
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(60, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError("no answer in time", e);
    }
  }
}
