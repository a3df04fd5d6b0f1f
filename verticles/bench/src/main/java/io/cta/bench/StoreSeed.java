package io.cta.bench;

import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.sqlite.SqliteSettings;
import io.cta.server.store.sqlite.SqliteStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Fills the data directory of a server with the store's own classes, before the server starts. */
final class StoreSeed {
  private static final int WRITES_AT_ONCE = 4;

  private final int executions;
  private final int casesOfTask;

  /**
   * @param statuses in all executions together, at least one for each task
   */
  StoreSeed(int executions, int statuses) {
    this.executions = executions;
    casesOfTask = Math.max(1, statuses / (executions * SeedExecutions.TASKS));
  }

  int statuses() {
    return executions * SeedExecutions.TASKS * casesOfTask;
  }

  SeededStore fill(Path data) {
    Vertx vertx = Vertx.vertx();
    DocumentStore store = new SqliteStore(vertx, SqliteSettings.of(data.resolve("cta.db")));
    try {
      store.prepare(StoreCollections.ALL).await();
      StoreRepositories stores = new StoreRepositories(store);
      SeededStore definitions = new SeedDefinitions(stores).write();
      write(store, new SeedExecutions(stores, definitions, casesOfTask));
      return definitions;
    } finally {
      store.close().eventually(vertx::close).await();
    }
  }

  private void write(DocumentStore store, SeedExecutions seed) {
    Deque<Future<List<DocumentWrite.Outcome>>> pending = new ArrayDeque<>();
    for (int i = 0; i < executions; i++) {
      pending.add(store.apply(seed.writes(i)));
      if (pending.size() == WRITES_AT_ONCE) {
        check(pending.remove());
      }
    }
    pending.forEach(StoreSeed::check);
  }

  private static void check(Future<List<DocumentWrite.Outcome>> writes) {
    if (writes.await().stream().anyMatch(outcome -> outcome != DocumentWrite.Outcome.DONE)) {
      throw new IllegalStateException("the store did not take a document");
    }
  }
}
