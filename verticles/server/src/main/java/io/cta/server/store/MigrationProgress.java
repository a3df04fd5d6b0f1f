package io.cta.server.store;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * How far the migration of another store into this one has come; kept in the target store, so that
 * no server starts on half a store.
 *
 * @param from where the documents come from
 * @param after the last id that has arrived, of each collection that was begun
 */
public record MigrationProgress(String from, JsonObject after, boolean finished) {
  public static final CollectionSpec COLLECTION =
      new CollectionSpec("moves", List.of(), List.of(), List.of());
  public static final String ID = "move";

  public static MigrationProgress of(StoredDocument document) {
    JsonObject body = document.body();
    return new MigrationProgress(
        body.getString("from"),
        body.getJsonObject("after", new JsonObject()),
        body.getBoolean("finished", false));
  }

  public JsonObject body() {
    return new JsonObject()
        .put("id", ID)
        .put("from", from)
        .put("after", after)
        .put("finished", finished);
  }

  /** Why a server must not start on a store with this mark; empty when it may. */
  public static Optional<String> hindrance(Optional<StoredDocument> mark) {
    return mark.map(MigrationProgress::of)
        .filter(migrationProgress -> !migrationProgress.finished())
        .map(
            migrationProgress ->
                "the store is half a copy of "
                    + migrationProgress.from()
                    + ": run cta admin migrate again, with the same --from and --to, to the end");
  }
}
