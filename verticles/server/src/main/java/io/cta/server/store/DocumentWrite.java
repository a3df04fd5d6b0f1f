package io.cta.server.store;

import io.vertx.core.json.JsonObject;

/** One change; see {@link DocumentStore#apply}. */
public sealed interface DocumentWrite {
  CollectionSpec collection();

  String id();

  /**
   * A new document; loses with DUPLICATE when id or a unique field is taken.
   *
   * @param version 1, or the version that a document moved from another store had there
   */
  record Insert(CollectionSpec collection, String id, long version, DocumentContent content)
      implements DocumentWrite {
    public Insert(CollectionSpec collection, String id, long version, JsonObject body) {
      this(collection, id, version, DocumentContent.ofTree(body));
    }

    public Insert(CollectionSpec collection, String id, JsonObject body) {
      this(collection, id, 1, body);
    }

    public JsonObject body() {
      return content.tree();
    }
  }

  /**
   * New content; loses with STALE unless the stored version is {@code version}.
   *
   * @param before the content of that version, which saves the store a read; or null
   */
  record Replace(
      CollectionSpec collection,
      String id,
      long version,
      DocumentContent content,
      DocumentContent before)
      implements DocumentWrite {
    public Replace(CollectionSpec collection, String id, long version, DocumentContent content) {
      this(collection, id, version, content, null);
    }

    public Replace(CollectionSpec collection, String id, long version, JsonObject body) {
      this(collection, id, version, DocumentContent.ofTree(body), null);
    }

    public JsonObject body() {
      return content.tree();
    }
  }

  /** Removes a document; loses with STALE unless the stored version is {@code version}. */
  record Delete(CollectionSpec collection, String id, long version) implements DocumentWrite {}

  /** The outcome of a write. */
  enum Outcome {
    DONE,
    DUPLICATE,
    STALE
  }
}
