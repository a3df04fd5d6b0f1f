package io.cta.server.tracking;

import io.cta.server.store.DocumentStore;
import io.cta.server.store.sqlite.SqliteSettings;
import io.cta.server.store.sqlite.SqliteStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteTrackingTest extends TrackingTest {
  @TempDir Path directory;

  @Override
  protected DocumentStore store() {
    return new SqliteStore(vertx, SqliteSettings.of(directory.resolve("cta.db")));
  }
}
