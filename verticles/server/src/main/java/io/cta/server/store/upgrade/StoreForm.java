package io.cta.server.store.upgrade;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.StoredDocument;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * In which form a store is.
 *
 * @param version how many steps were carried out wholly
 * @param after where the step after those has come to; null when it has not begun
 */
record StoreForm(int version, String after) {
  static final CollectionSpec COLLECTION =
      new CollectionSpec("storeForms", List.of(), List.of(), List.of());
  static final String ID = "form";

  /** Of a store that says nothing: an earlier version's, or a new one. */
  static final StoreForm FIRST = new StoreForm(0, null);

  static StoreForm of(StoredDocument document) {
    JsonObject body = document.body();
    return new StoreForm(body.getInteger("version"), body.getString("after"));
  }

  JsonObject body() {
    JsonObject body = new JsonObject().put("id", ID).put("version", version);
    return after == null ? body : body.put("after", after);
  }
}
