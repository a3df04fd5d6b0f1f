package io.cta.server.store;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * How far the move of another store into this one has come; kept in the store that is filled, so
 * that a server does not start on half a store.
 *
 * @param from where the documents come from
 * @param after the last id that has arrived, of each collection that was begun
 */
public record Move(String from, JsonObject after, boolean finished) {
  public static final CollectionSpec COLLECTION =
      new CollectionSpec("moves", List.of(), List.of(), List.of());
  public static final String ID = "move";

  public static Move of(Document document) {
    JsonObject body = document.body();
    return new Move(
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

  /** Why a server must not start on a store with this mark. */
  public static Optional<String> hindrance(Optional<Document> mark) {
    return mark.map(Move::of)
        .filter(move -> !move.finished())
        .map(
            move ->
                "the store is half a copy of "
                    + move.from()
                    + ": run cta admin migrate again, with the same --from and --to, to the end");
  }
}
