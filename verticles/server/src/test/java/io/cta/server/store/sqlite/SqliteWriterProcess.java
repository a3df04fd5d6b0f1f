package io.cta.server.store.sqlite;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentWrite;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/** Writes until it is killed, and prints what was confirmed: {@code id version} per line. */
final class SqliteWriterProcess {
  static final CollectionSpec ROWS = new CollectionSpec("rows", List.of(), List.of(), List.of());
  private static final int LANES = 16;

  private final SqliteStore store;

  private SqliteWriterProcess(SqliteStore store) {
    this.store = store;
  }

  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx();
    SqliteStore store = new SqliteStore(vertx, SqliteSettings.of(Path.of(args[0])));
    vertx.runOnContext(v -> new SqliteWriterProcess(store).run(args[1]));
  }

  private void run(String name) {
    store
        .prepare(List.of(ROWS))
        .onSuccess(
            done -> {
              for (int lane = 0; lane < LANES; lane++) {
                insert(name + "-" + lane + "-", 0);
              }
            });
  }

  /** Each lane inserts a document, replaces it, and goes on to the next. */
  private void insert(String lane, int n) {
    String id = lane + n;
    JsonObject body = new JsonObject().put("id", id).put("text", "x".repeat(n % 3000));
    store
        .apply(List.of(new DocumentWrite.Insert(ROWS, id, body)))
        .onSuccess(done -> say(id, 1))
        .compose(done -> store.apply(List.of(new DocumentWrite.Replace(ROWS, id, 1, body))))
        .onSuccess(
            done -> {
              say(id, 2);
              insert(lane, n + 1);
            });
  }

  private static void say(String id, int version) {
    System.out.println(id + " " + version);
  }
}
