package io.cta.server.store;

import io.vertx.core.json.JsonObject;

/**
 * A stored document.
 *
 * @param version 1 after the insert, one more with each replace
 * @param content {@code id} included, {@code version} not
 */
public record StoredDocument(String id, long version, DocumentContent content) {
  public StoredDocument(String id, long version, JsonObject body) {
    this(id, version, DocumentContent.ofTree(body));
  }

  /** The content as a tree; not to be changed. */
  public JsonObject body() {
    return content.tree();
  }
}
