package io.cta.server.store;

import static io.cta.server.store.DocumentWrite.Outcome.DONE;
import static io.cta.server.store.DocumentWrite.Outcome.DUPLICATE;
import static io.cta.server.store.DocumentWrite.Outcome.STALE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.CollectionSpec.Field;
import io.cta.server.store.CollectionSpec.Index;
import io.cta.server.store.CollectionSpec.Type;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link DocumentStore} promises about writes. */
@Timeout(60)
public abstract class StoreWritesContract {
  protected static final CollectionSpec THINGS =
      new CollectionSpec(
          "things",
          List.of(
              new Field("name", Type.TEXT),
              new Field("owner", Type.TEXT),
              new Field("at", Type.TEXT, Index.PRESENT),
              new Field("size", Type.NUMBER),
              new Field("done", Type.BOOLEAN),
              new Field("tags", Type.TEXTS),
              new Field("counts.failed", Type.NUMBER)),
          List.of("name"),
          List.of(List.of("owner", "id"), List.of("owner", "done")));

  protected Vertx vertx;
  protected DocumentStore store;

  /** A new, empty store that is not prepared. */
  protected abstract DocumentStore empty() throws Exception;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    store = empty();
    await(store.prepare(List.of(THINGS)));
  }

  @AfterEach
  void close() {
    await(store.close());
    await(vertx.close());
  }

  protected static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in time", e);
    }
  }

  protected static ServiceFailure failure(Future<?> future) {
    return assertThrows(ServiceFailure.class, () -> await(future));
  }

  protected static JsonObject thing(String id, Object... more) {
    JsonObject body = new JsonObject().put("id", id);
    for (int i = 0; i < more.length; i += 2) {
      body.put((String) more[i], more[i + 1]);
    }
    return body;
  }

  protected static DocumentWrite insert(String id, Object... more) {
    return new DocumentWrite.Insert(THINGS, id, thing(id, more));
  }

  protected static DocumentWrite replace(String id, long version, Object... more) {
    return new DocumentWrite.Replace(THINGS, id, version, thing(id, more));
  }

  protected List<DocumentWrite.Outcome> apply(DocumentWrite... writes) {
    return await(store.apply(List.of(writes)));
  }

  protected StoredDocument stored(String id) {
    return await(store.get(THINGS, id)).orElseThrow();
  }

  @Test
  void anInsertedDocumentIsReadBackAsVersionOneWithTheSameBody() {
    JsonObject body =
        thing("a", "name", "é ☃ 😀 \"'\\ \n", "size", 1.5, "done", false, "tags", new JsonArray())
            .put("empty", new JsonObject())
            .put("long", Long.MAX_VALUE)
            .put("deep", new JsonObject().put("list", new JsonArray().add(1).add("two").addNull()))
            .put("$set", "dollar")
            .put("os.name", new JsonObject().put("a.b$%2E", 1).put("$date", "no date").put("", 0));
    assertEquals(
        List.of(DONE), await(store.apply(List.of(new DocumentWrite.Insert(THINGS, "a", body)))));
    assertEquals(new StoredDocument("a", 1, body), stored("a"));
  }

  @Test
  void anAbsentDocumentIsNotFound() {
    assertTrue(await(store.get(THINGS, "none")).isEmpty());
  }

  @Test
  void nothingToWriteIsDoneAtOnce() {
    assertEquals(List.of(), apply());
  }

  @Test
  void anIdThatIsTakenLosesAndLeavesTheFirst() {
    assertEquals(List.of(DONE), apply(insert("a", "size", 1)));
    assertEquals(List.of(DUPLICATE), apply(insert("a", "size", 2)));
    assertEquals(1, stored("a").body().getInteger("size"));
  }

  @Test
  void aUniqueValueThatIsTakenLosesWithoutHarmToItsNeighbours() {
    apply(insert("a", "name", "x"));
    assertEquals(
        List.of(DONE, DUPLICATE, DONE),
        apply(insert("b", "name", "y"), insert("c", "name", "x"), insert("d", "name", "z")));
    assertTrue(await(store.get(THINGS, "c")).isEmpty());
    assertEquals("z", stored("d").body().getString("name"));
  }

  @Test
  void uniqueValuesDifferByCaseAndAbsentOnesDoNotClash() {
    assertEquals(
        List.of(DONE, DONE, DONE, DONE),
        apply(insert("a", "name", "x"), insert("b", "name", "X"), insert("c"), insert("d")));
  }

  @Test
  void aReplaceOfTheStoredVersionMakesTheNextOne() {
    apply(insert("a", "size", 1, "owner", "o", "tags", new JsonArray().add("t")));
    assertEquals(List.of(DONE), apply(replace("a", 1, "size", 2)));
    assertEquals(new StoredDocument("a", 2, thing("a", "size", 2)), stored("a"));
  }

  @Test
  void aReplaceOfAnotherVersionIsStale() {
    apply(insert("a", "size", 1), replace("a", 1, "size", 2));
    assertEquals(
        List.of(STALE, STALE, STALE),
        apply(replace("a", 1, "size", 3), replace("a", 3, "size", 3), replace("none", 1)));
    assertEquals(2, stored("a").body().getInteger("size"));
    assertTrue(await(store.get(THINGS, "none")).isEmpty());
  }

  @Test
  void aReplaceByATakenUniqueValueIsADuplicateAndChangesNothing() {
    apply(insert("a", "name", "x"), insert("b", "name", "y"));
    assertEquals(List.of(DUPLICATE), apply(replace("b", 1, "name", "x")));
    assertEquals(new StoredDocument("b", 1, thing("b", "name", "y")), stored("b"));
  }

  @Test
  void aUniqueValueIsFreeOnceItsDocumentHasAnotherOrIsGone() {
    apply(insert("a", "name", "x"), replace("a", 1, "name", "y"));
    assertEquals(List.of(DONE), apply(insert("b", "name", "x")));
    apply(new DocumentWrite.Delete(THINGS, "b", 1));
    assertEquals(List.of(DONE), apply(insert("c", "name", "x")));
  }

  @Test
  void aDeleteNeedsTheStoredVersion() {
    apply(insert("a"));
    assertEquals(
        List.of(STALE, STALE, DONE, STALE),
        apply(
            new DocumentWrite.Delete(THINGS, "a", 2),
            new DocumentWrite.Delete(THINGS, "none", 1),
            new DocumentWrite.Delete(THINGS, "a", 1),
            new DocumentWrite.Delete(THINGS, "a", 1)));
    assertTrue(await(store.get(THINGS, "a")).isEmpty());
    assertEquals(List.of(DONE), apply(insert("a", "size", 9)));
    assertEquals(1, stored("a").version());
  }

  @Test
  void writesToOneDocumentHappenInTheirOrder() {
    assertEquals(
        List.of(DONE, DONE, STALE, DONE, DONE, DONE),
        apply(
            insert("a", "size", 1),
            replace("a", 1, "size", 2),
            replace("a", 1, "size", 3),
            replace("a", 2, "size", 4),
            new DocumentWrite.Delete(THINGS, "a", 3),
            insert("a", "size", 5)));
    assertEquals(new StoredDocument("a", 1, thing("a", "size", 5)), stored("a"));
  }

  @Test
  void stepsAreCarriedOutOneAfterTheOther() {
    assertEquals(
        List.of(DONE, DONE, DONE, STALE, DONE),
        await(
            store.applySteps(
                List.of(
                    WriteStep.needed(insert("a", "size", 1), insert("b")),
                    new WriteStep(List.of(replace("a", 1, "size", 2), replace("b", 9)), false),
                    WriteStep.needed(insert("c"))))));
    assertEquals(2, stored("a").version());
    assertEquals(1, stored("c").version());
    assertEquals(List.of(), await(store.applySteps(List.of())));
  }

  @Test
  void nothingIsDoneAfterANeededStepThatLost() {
    apply(insert("a"));
    assertEquals(
        List.of(DONE, DUPLICATE),
        await(
            store.applySteps(
                List.of(
                    WriteStep.needed(insert("x")),
                    WriteStep.needed(insert("a")),
                    WriteStep.needed(insert("b"))))));
    assertEquals(1, stored("x").version());
    assertTrue(await(store.get(THINGS, "b")).isEmpty());
  }

  @Test
  void aReplaceThatKnowsWhatWasThereStillNeedsTheStoredVersion() {
    apply(insert("a", "name", "x", "size", 1), insert("b", "name", "y"));
    DocumentContent before = stored("a").content();
    DocumentContent next = DocumentContent.ofTree(thing("a", "name", "x", "size", 2));
    assertEquals(List.of(DONE), apply(new DocumentWrite.Replace(THINGS, "a", 1, next, before)));
    assertEquals(List.of(STALE), apply(new DocumentWrite.Replace(THINGS, "a", 1, next, before)));
    assertEquals(List.of(STALE), apply(new DocumentWrite.Replace(THINGS, "none", 1, next, before)));
    DocumentContent taken = DocumentContent.ofTree(thing("a", "name", "y"));
    assertEquals(List.of(DUPLICATE), apply(new DocumentWrite.Replace(THINGS, "a", 2, taken, next)));
    assertEquals(2, stored("a").body().getInteger("size"));
    assertEquals(
        "a",
        await(store.find(DocumentQuery.of(THINGS, DocumentFilter.eq("size", 2), 9)))
            .items()
            .get(0)
            .id());
  }

  @Test
  void ofManyReplacesOfOneVersionExactlyOneWins() {
    apply(insert("a"));
    List<Future<List<DocumentWrite.Outcome>>> tries = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      tries.add(store.apply(List.of(replace("a", 1, "size", i))));
    }
    await(Future.all(tries));
    Stream<DocumentWrite.Outcome> outcomes = tries.stream().map(f -> f.result().get(0));
    assertEquals(1, outcomes.filter(DONE::equals).count());
    assertEquals(2, stored("a").version());
  }

  @Test
  void aDeclaredFieldOfAnotherTypeIsRefusedAndNothingIsWritten() {
    List<DocumentWrite> writes = List.of(insert("a"), insert("b", "size", "big"));
    ServiceFailure failure = failure(store.apply(writes));
    assertEquals(ErrorCode.INVALID, failure.code());
    assertEquals("size", failure.field());
    assertTrue(await(store.get(THINGS, "a")).isEmpty());
    assertEquals("done", failure(store.apply(List.of(insert("b", "done", 1)))).field());
    assertEquals("tags", failure(store.apply(List.of(insert("b", "tags", "x")))).field());
    assertEquals("owner", failure(store.apply(List.of(insert("b", "owner", 7)))).field());
  }

  @Test
  void aBodyThatItsOwnerChangesLaterStaysAsItWasGiven() {
    JsonObject body = thing("a", "size", 1);
    Future<List<DocumentWrite.Outcome>> done =
        store.apply(List.of(new DocumentWrite.Insert(THINGS, "a", body)));
    body.put("size", 2);
    await(done);
    assertEquals(1, stored("a").body().getInteger("size"));
  }

  @Test
  void aBodyWithoutItsIdIsGivenIt() {
    JsonObject body = new JsonObject().put("size", 1);
    await(store.apply(List.of(new DocumentWrite.Insert(THINGS, "a", body))));
    assertEquals(
        thing("a", "size", 1).getMap(), new java.util.HashMap<>(stored("a").body().getMap()));
    await(store.apply(List.of(new DocumentWrite.Replace(THINGS, "a", 1, body))));
    assertEquals("a", stored("a").body().getString("id"));
  }

  @Test
  void aBigDocumentIsKeptWhole() {
    String text = "0123456789abcdef".repeat(100_000);
    apply(insert("a", "text", text));
    assertEquals(text, stored("a").body().getString("text"));
  }

  @Test
  void futuresCompleteOnTheCallersContext() {
    Context context = vertx.getOrCreateContext();
    Promise<List<Context>> seen = Promise.promise();
    context.runOnContext(
        v -> {
          List<Context> contexts = new ArrayList<>();
          store
              .apply(List.of(insert("a")))
              .compose(
                  done -> {
                    contexts.add(Vertx.currentContext());
                    return store.get(THINGS, "a");
                  })
              .compose(
                  found -> {
                    contexts.add(Vertx.currentContext());
                    return store.count(THINGS, DocumentFilter.ALL);
                  })
              .map(
                  count -> {
                    contexts.add(Vertx.currentContext());
                    return contexts;
                  })
              .onComplete(seen);
        });
    List<Context> contexts = await(seen.future());
    assertEquals(3, contexts.size());
    contexts.forEach(c -> assertSame(context, c));
  }
}
