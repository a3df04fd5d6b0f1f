package io.cta.server.admin;

import io.cta.error.ServiceFailure;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.mongo.MongoSettings;
import io.cta.server.store.mongo.MongoStore;
import io.cta.server.store.sqlite.SqliteSettings;
import io.cta.server.store.sqlite.SqliteStore;
import io.cta.time.MonotonicClock;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;

/** A store named on the command line: {@code sqlite:DIRECTORY_OR_FILE} or a MongoDB url. */
final class StoreAddress {
  private static final String SQLITE = "sqlite:";
  private static final String FILE = "cta.db";

  private final String option;
  private final Path file;
  private final MongoSettings mongo;

  private StoreAddress(String option, Path file, MongoSettings mongo) {
    this.option = option;
    this.file = file;
    this.mongo = mongo;
  }

  /**
   * @param option the option that has the text as its value, for error texts
   */
  static StoreAddress of(String option, String text, String database) {
    if (text.startsWith(SQLITE) && text.length() > SQLITE.length()) {
      Path path = Path.of(text.substring(SQLITE.length())).toAbsolutePath().normalize();
      Path file =
          Files.isDirectory(path) || !path.toString().contains(".db") ? path.resolve(FILE) : path;
      return new StoreAddress(option, file, null);
    }
    if (text.matches("mongodb(\\+srv)?://\\S+")) {
      return new StoreAddress(option, null, MongoSettings.of(text, database));
    }
    throw ServiceFailure.invalid(
        option, "must be sqlite:DIRECTORY, sqlite:FILE or a MongoDB url such as mongodb://HOST");
  }

  /** The store's address for people, without credentials. */
  String place() {
    return mongo == null ? SQLITE + file : mongo.place();
  }

  /** A file beside a SQLite store; null for another one. */
  Path beside(String name) {
    return file == null ? null : file.resolveSibling(name);
  }

  MongoSettings mongo() {
    if (mongo == null) {
      throw ServiceFailure.invalid(option, "must be a MongoDB url");
    }
    return mongo;
  }

  /**
   * Opens the store. A SQLite file is locked, as a server does it.
   *
   * @param mustExist fails when a SQLite file does not exist
   */
  DocumentStore open(Vertx vertx, boolean mustExist) {
    if (mongo != null) {
      return new MongoStore(vertx, mongo, MonotonicClock.system());
    }
    if (mustExist && !Files.exists(file)) {
      throw ServiceFailure.invalid(option, "names no store: there is no file " + file);
    }
    return new SqliteStore(vertx, SqliteSettings.of(file));
  }
}
