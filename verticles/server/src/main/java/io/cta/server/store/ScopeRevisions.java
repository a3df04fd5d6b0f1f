package io.cta.server.store;

import io.cta.server.store.DocumentWrite.Outcome;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;

/**
 * How stores keep the numbers of {@link DocumentStore#revision}: a document for each scope. Pure.
 */
public final class ScopeRevisions {
  /** Not migrated from store to store: each store counts for itself. */
  public static final CollectionSpec SPEC =
      new CollectionSpec("revisions", List.of(), List.of(), List.of());

  /**
   * The scope of everything that people define; whoever writes definitions does so by joint writes
   * in it.
   */
  public static final String DEFINITIONS = "definitions";

  private ScopeRevisions() {}

  /** The write that advances a revision; loses when somebody else has advanced it. */
  public static DocumentWrite counted(String scope, long revision, JsonObject body) {
    return revision == 0
        ? new DocumentWrite.Insert(SPEC, scope, body)
        : new DocumentWrite.Replace(SPEC, scope, revision, body);
  }

  /** The outcomes of writes that were not carried out because the revision had moved on. */
  public static List<Outcome> moved(int writes) {
    return Collections.nCopies(writes, Outcome.STALE);
  }

  public static boolean allDone(List<Outcome> outcomes) {
    return outcomes.stream().allMatch(outcome -> outcome == Outcome.DONE);
  }
}
