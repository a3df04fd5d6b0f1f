package io.cta.server.launch;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.config.ServerConfig;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.MigrationProgress;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.mongo.MongoSettings;
import io.cta.server.store.mongo.MongoStore;
import io.cta.server.store.sqlite.SqliteSettings;
import io.cta.server.store.sqlite.SqliteStore;
import io.cta.server.store.upgrade.StoreUpgrade;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** Opens the store that the configuration names. */
final class StoreFactory {
  private static final String FILE = "cta.db";
  private static final int MAX_QUEUED = 8_192;

  private StoreFactory() {}

  static Future<DocumentStore> open(Vertx vertx, ServerConfig config, MonotonicClock ticker) {
    DocumentStore store =
        switch (config.store().type()) {
          case SQLITE -> new SqliteStore(vertx, settings(config));
          case MONGO -> new MongoStore(vertx, settings(config.store().mongo()), ticker);
        };
    List<CollectionSpec> all = new ArrayList<>(StoreCollections.ALL);
    all.add(MigrationProgress.COLLECTION);
    all.add(StoreUpgrade.COLLECTION);
    return store
        .prepare(all)
        .compose(v -> store.get(MigrationProgress.COLLECTION, MigrationProgress.ID))
        .compose(
            mark -> {
              MigrationProgress.hindrance(mark)
                  .ifPresent(
                      text -> {
                        throw new ServiceFailure(ErrorCode.CONFLICT, text);
                      });
              return new StoreUpgrade(store).run();
            })
        .map(store)
        .recover(e -> store.close().transform(closed -> Future.failedFuture(e)));
  }

  /** The configuration is refused without a url when the type is mongo. */
  private static MongoSettings settings(ServerConfig.Mongo mongo) {
    return MongoSettings.of(mongo.url().orElseThrow().value(), mongo.database());
  }

  private static SqliteSettings settings(ServerConfig config) {
    ServerConfig.Sqlite sqlite = config.store().sqlite();
    SqliteSettings.Synchronous synchronous =
        switch (sqlite.synchronous()) {
          case NORMAL -> SqliteSettings.Synchronous.NORMAL;
          case FULL -> SqliteSettings.Synchronous.FULL;
        };
    return new SqliteSettings(
        config.data().resolve(FILE), synchronous, sqlite.readers(), MAX_QUEUED);
  }
}
