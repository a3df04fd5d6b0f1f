package io.cta.server.store;

import static io.cta.server.store.DocumentWrite.Outcome.DONE;
import static io.cta.server.store.DocumentWrite.Outcome.DUPLICATE;
import static io.cta.server.store.DocumentWrite.Outcome.STALE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link DocumentStore} promises about joint writes, which are done all or not at all.
 */
public abstract class JointWritesContract extends StoreWritesContract {
  private static final String SCOPE = "things of ours";

  private List<DocumentWrite.Outcome> together(long revision, DocumentWrite... writes) {
    return await(store.together(SCOPE, revision, List.of(writes)));
  }

  private long revision() {
    return await(store.revision(SCOPE));
  }

  private boolean absent(String id) {
    return await(store.get(THINGS, id)).isEmpty();
  }

  @Test
  void writesOfAllKindsAreDoneTogetherAndCounted() {
    apply(insert("old", "name", "x"), insert("gone", "name", "y"));
    assertEquals(0, revision());
    DocumentWrite gone = new DocumentWrite.Delete(THINGS, "gone", 1);
    assertEquals(
        List.of(DONE, DONE, DONE),
        together(0, insert("new", "name", "z"), replace("old", 1, "name", "x", "size", 2), gone));
    assertEquals(new StoredDocument("old", 2, thing("old", "name", "x", "size", 2)), stored("old"));
    assertEquals(new StoredDocument("new", 1, thing("new", "name", "z")), stored("new"));
    assertTrue(absent("gone"));
    assertTrue(revision() > 0);
  }

  @Test
  void oneThatLosesKeepsAllFromBeingDone() {
    apply(insert("a", "name", "x"), insert("b", "name", "y"));
    DocumentWrite stale = replace("b", 7, "name", "y", "size", 1);
    assertEquals(STALE, together(0, insert("c"), replace("a", 1), stale).get(2));
    DocumentWrite taken = insert("d", "name", "y");
    assertEquals(DUPLICATE, together(0, insert("c"), replace("a", 1), taken).get(2));
    DocumentWrite absent = new DocumentWrite.Delete(THINGS, "none", 1);
    assertEquals(STALE, together(0, insert("c"), replace("a", 1), absent).get(2));
    DocumentWrite twice = insert("d", "name", "z");
    assertEquals(DUPLICATE, together(0, insert("c", "name", "z"), replace("a", 1), twice).get(2));
    assertEquals(new StoredDocument("a", 1, thing("a", "name", "x")), stored("a"));
    assertTrue(absent("c"));
    assertTrue(absent("d"));
    assertEquals(0, revision());
  }

  @Test
  void aRevisionThatIsOverKeepsAllFromBeingDone() {
    together(0, insert("a"));
    assertEquals(List.of(STALE, STALE), together(0, insert("b"), insert("c")));
    assertTrue(absent("b"));
    long now = revision();
    assertEquals(List.of(DONE), together(now, insert("b")));
    assertEquals(List.of(STALE), together(now, insert("c")));
  }

  @Test
  void scopesCountForThemselves() {
    together(0, insert("a"));
    assertEquals(0, await(store.revision("other")));
    assertEquals(List.of(DONE), await(store.together("other", 0, List.of(insert("b")))));
  }

  @Test
  void ofManyAtOnceWithOneRevisionOneIsDoneAsAWhole() {
    apply(insert("a"), insert("b"), insert("c"));
    List<Future<List<DocumentWrite.Outcome>>> tries = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      DocumentWrite[] writes = {
        replace("a", 1, "size", i), replace("b", 1, "size", i), replace("c", 1, "size", i)
      };
      tries.add(store.together(SCOPE, 0, List.of(writes)));
    }
    await(Future.all(tries));
    List<Integer> won = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      if (ScopeRevisions.allDone(tries.get(i).result())) {
        won.add(i);
      }
    }
    assertEquals(1, won.size(), "won: " + won);
    for (String id : List.of("a", "b", "c")) {
      assertEquals(won.get(0), stored(id).body().getInteger("size"));
    }
  }

  @Test
  void readThenWrittenTogetherLosesNoCount() {
    apply(insert("a", "size", 0));
    List<Future<Void>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(countUp());
    }
    await(Future.all(all));
    assertEquals(8, stored("a").body().getInteger("size"));
  }

  private Future<Void> countUp() {
    return store
        .revision(SCOPE)
        .compose(
            revision ->
                store
                    .get(THINGS, "a")
                    .map(java.util.Optional::orElseThrow)
                    .compose(
                        now -> {
                          int next = now.body().getInteger("size") + 1;
                          DocumentWrite write = replace("a", now.version(), "size", next);
                          return store.together(SCOPE, revision, List.of(write));
                        }))
        .compose(
            outcomes -> ScopeRevisions.allDone(outcomes) ? Future.succeededFuture() : countUp());
  }
}
