package io.cta.server.store.sqlite;

import io.cta.server.store.DocumentWrite.Outcome;
import io.cta.server.store.ScopeRevisions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out all of its writes or none, within a transaction that other requests share. On the
 * writer's thread.
 *
 * @param first advances the revision; when it loses, nothing else is tried
 */
record JointWriteBatch(EncodedWrite first, List<EncodedWrite> others) {
  private static final List<Object> NONE = List.of();

  List<Outcome> run(SqliteSession session) throws SQLException {
    session.update("SAVEPOINT joint", NONE);
    List<Outcome> outcomes = outcomes(session);
    if (!ScopeRevisions.allDone(outcomes)) {
      session.update("ROLLBACK TO joint", NONE);
    }
    session.update("RELEASE joint", NONE);
    return outcomes;
  }

  private List<Outcome> outcomes(SqliteSession session) throws SQLException {
    if (first.run(session) != Outcome.DONE) {
      return ScopeRevisions.moved(others.size());
    }
    List<Outcome> outcomes = new ArrayList<>(others.size());
    for (EncodedWrite change : others) {
      outcomes.add(change.run(session));
    }
    return outcomes;
  }
}
