package io.cta.server.store.upgrade;

import io.cta.server.store.DocumentStore;
import io.cta.server.store.sqlite.SqliteSettings;
import io.cta.server.store.sqlite.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteUpgradeTest extends StoreUpgradeContract {
  @TempDir Path directory;

  @Override
  DocumentStore empty() throws Exception {
    return new SqliteStore(
        vertx, SqliteSettings.of(Files.createDirectories(directory).resolve("cta.db")));
  }
}
