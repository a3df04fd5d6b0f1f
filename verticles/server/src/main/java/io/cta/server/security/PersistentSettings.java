package io.cta.server.security;

import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoredDocument;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Stores settings that the server generates itself and needs again after a restart. */
final class PersistentSettings {
  static final String SESSION_KEY = "sessionKey";
  static final String LINK_KEY = "linkKey";

  private final DocumentStore store;

  PersistentSettings(DocumentStore store) {
    this.store = store;
  }

  Future<Optional<StoredDocument>> find(String id) {
    return store.get(StoreCollections.SETTINGS, id);
  }

  /** Replaces the setting that was read; false when another server has written it since. */
  Future<Boolean> replace(String id, Optional<StoredDocument> seen, JsonObject body) {
    JsonObject complete = body.copy().put("id", id);
    DocumentWrite write =
        seen.isPresent()
            ? new DocumentWrite.Replace(
                StoreCollections.SETTINGS, id, seen.get().version(), complete)
            : new DocumentWrite.Insert(StoreCollections.SETTINGS, id, complete);
    return store
        .apply(List.of(write))
        .map(outcomes -> outcomes.get(0) == DocumentWrite.Outcome.DONE);
  }

  /** Deletes the setting; true only for the one caller that deleted it. */
  Future<Boolean> delete(StoredDocument document) {
    return store
        .apply(
            List.of(
                new DocumentWrite.Delete(
                    StoreCollections.SETTINGS, document.id(), document.version())))
        .map(outcomes -> outcomes.get(0) == DocumentWrite.Outcome.DONE);
  }

  /** A key that signs something; created once, by the node that comes first. */
  Future<String> key(String id) {
    JsonObject made = new JsonObject().put("id", id).put("key", TokenText.secret());
    return store
        .apply(List.of(new DocumentWrite.Insert(StoreCollections.SETTINGS, id, made)))
        .compose(outcome -> find(id))
        .map(found -> found.orElseThrow().body().getString("key"));
  }
}
