package io.cta.server.api.definitions;

import io.cta.server.api.ApiServer;
import io.cta.server.store.sqlite.SqliteSettings;
import io.cta.server.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class DefinitionRacesOnSqliteTest extends DefinitionRaces {
  @TempDir Path directory;

  @Override
  List<ApiServer> servers() {
    SqliteSettings settings = SqliteSettings.of(directory.resolve("cta.db"));
    return List.of(new ApiServer(vertx -> new SqliteStore(vertx, settings)));
  }
}
