package io.cta.server.security;

import io.cta.server.store.Collections;
import io.cta.server.store.Document;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.Write;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What the server has decided for itself and must find again after a restart. */
final class KeptSettings {
  private static final String SESSION_KEY = "sessionKey";

  private final DocumentStore store;

  KeptSettings(DocumentStore store) {
    this.store = store;
  }

  Future<Optional<Document>> find(String id) {
    return store.get(Collections.SETTINGS, id);
  }

  /** Writes a setting in place of what was seen; false when another server wrote it since. */
  Future<Boolean> keep(String id, Optional<Document> seen, JsonObject body) {
    JsonObject complete = body.copy().put("id", id);
    Write write =
        seen.isPresent()
            ? new Write.Replace(Collections.SETTINGS, id, seen.get().version(), complete)
            : new Write.Insert(Collections.SETTINGS, id, complete);
    return store.apply(List.of(write)).map(outcomes -> outcomes.get(0) == Write.Outcome.DONE);
  }

  /** Removes it; true for the one caller that did. */
  Future<Boolean> take(Document document) {
    return store
        .apply(List.of(new Write.Delete(Collections.SETTINGS, document.id(), document.version())))
        .map(outcomes -> outcomes.get(0) == Write.Outcome.DONE);
  }

  /** The key that signs sessions: made once, by whichever node comes first. */
  Future<String> sessionKey() {
    JsonObject made = new JsonObject().put("id", SESSION_KEY).put("key", TokenText.secret());
    return store
        .apply(List.of(new Write.Insert(Collections.SETTINGS, SESSION_KEY, made)))
        .compose(outcome -> find(SESSION_KEY))
        .map(found -> found.orElseThrow().body().getString("key"));
  }
}
