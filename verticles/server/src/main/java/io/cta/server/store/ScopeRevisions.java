package io.cta.server.store;

import io.cta.server.store.DocumentWrite.Outcome;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;

/** How stores keep what {@link DocumentStore#revision} counts: a document for each scope. Pure. */
public final class ScopeRevisions {
  /** Not among the documents that are moved from store to store: each counts for itself. */
  public static final CollectionSpec SPEC =
      new CollectionSpec("revisions", List.of(), List.of(), List.of());

  /** The scope of all that people define; who writes definitions writes them together in it. */
  public static final String DEFINITIONS = "definitions";

  private ScopeRevisions() {}

  /** The write that counts a revision up, and loses when somebody else did. */
  public static DocumentWrite counted(String scope, long revision, JsonObject body) {
    return revision == 0
        ? new DocumentWrite.Insert(SPEC, scope, body)
        : new DocumentWrite.Replace(SPEC, scope, revision, body);
  }

  /** The outcomes of writes none of which is carried out because the revision is over. */
  public static List<Outcome> moved(int writes) {
    return Collections.nCopies(writes, Outcome.STALE);
  }

  public static boolean allDone(List<Outcome> outcomes) {
    return outcomes.stream().allMatch(outcome -> outcome == Outcome.DONE);
  }
}
