package io.cta.server.store;

import java.util.List;

/**
 * The writes of one step; see {@link DocumentStore#applySteps}.
 *
 * @param needed true when no later step may be carried out unless all of these are DONE
 */
public record WriteStep(List<DocumentWrite> writes, boolean needed) {
  public WriteStep {
    writes = List.copyOf(writes);
  }

  public static WriteStep needed(DocumentWrite... writes) {
    return new WriteStep(List.of(writes), true);
  }

  /** True when later steps may be carried out. */
  public boolean passed(List<DocumentWrite.Outcome> outcomes) {
    return !needed || ScopeRevisions.allDone(outcomes);
  }
}
