package io.cta.server.store.sqlite;

import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends DocumentStoreContract {
  @TempDir Path directory;

  @Override
  protected DocumentStore empty() {
    return new SqliteStore(vertx, SqliteSettings.of(directory.resolve("cta.db")));
  }
}
