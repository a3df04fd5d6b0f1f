package io.cta.server.store;

import io.cta.server.store.Write.Outcome;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;

/** How stores keep what {@link DocumentStore#revision} counts: a document for each scope. Pure. */
public final class Revisions {
  /** Not among the documents that are moved from store to store: each counts for itself. */
  public static final CollectionSpec SPEC =
      new CollectionSpec("revisions", List.of(), List.of(), List.of());

  private Revisions() {}

  /** The write that counts a revision up, and loses when somebody else did. */
  public static Write counted(String scope, long revision, JsonObject body) {
    return revision == 0
        ? new Write.Insert(SPEC, scope, body)
        : new Write.Replace(SPEC, scope, revision, body);
  }

  /** The outcomes of writes none of which is carried out because the revision is over. */
  public static List<Outcome> moved(int writes) {
    return Collections.nCopies(writes, Outcome.STALE);
  }

  public static boolean allDone(List<Outcome> outcomes) {
    return outcomes.stream().allMatch(outcome -> outcome == Outcome.DONE);
  }
}
