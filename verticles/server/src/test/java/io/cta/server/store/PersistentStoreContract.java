package io.cta.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link DocumentStore} that outlives its process promises in addition. */
public abstract class PersistentStoreContract extends DocumentStoreContract {
  /** Opens the closed store again; not prepared. */
  protected abstract DocumentStore again() throws Exception;

  @Test
  void whatWasConfirmedIsThereAfterTheStoreWasClosedAndOpenedAgain() throws Exception {
    apply(insert("a", "name", "x", "size", 1), insert("b", "name", "y"), replace("b", 1));
    await(store.close());
    store = again();
    await(store.prepare(List.of(THINGS)));
    assertEquals(new StoredDocument("a", 1, thing("a", "name", "x", "size", 1)), stored("a"));
    assertEquals(new StoredDocument("b", 2, thing("b")), stored("b"));
    assertEquals(List.of(DocumentWrite.Outcome.DUPLICATE), apply(insert("c", "name", "x")));
  }

  @Test
  void aCollectionThatIsNotPreparedIsRefused() {
    CollectionSpec other = new CollectionSpec("others", List.of(), List.of(), List.of());
    assertEquals(ErrorCode.UNAVAILABLE, failure(store.get(other, "a")).code());
    assertEquals(
        ErrorCode.UNAVAILABLE,
        failure(store.apply(List.of(new DocumentWrite.Insert(other, "a", thing("a"))))).code());
  }

  @Test
  void aClosedStoreRefusesAndMayBeClosedAgain() {
    await(store.close());
    assertEquals(ErrorCode.UNAVAILABLE, failure(store.get(THINGS, "a")).code());
    assertEquals(ErrorCode.UNAVAILABLE, failure(store.apply(List.of(insert("a")))).code());
    assertEquals(ErrorCode.UNAVAILABLE, failure(store.prepare(List.of(THINGS))).code());
    await(store.close());
  }

  @Test
  void writesUnderWayWhenTheStoreClosesAreStillCarriedOut() throws Exception {
    List<io.vertx.core.Future<?>> writes = new java.util.ArrayList<>();
    for (int i = 0; i < 100; i++) {
      writes.add(store.apply(List.of(insert("a" + i))));
    }
    await(store.close());
    await(io.vertx.core.Future.all(writes));
    store = again();
    await(store.prepare(List.of(THINGS)));
    assertEquals(100, await(store.count(THINGS, DocumentFilter.ALL)));
  }
}
