package io.cta.server.store;

import io.vertx.core.json.JsonObject;

/** One change; see {@link DocumentStore#apply}. */
public sealed interface Write {
  CollectionSpec collection();

  String id();

  /**
   * A new document; loses with DUPLICATE when id or a unique field is taken.
   *
   * @param version 1, or the version that a document moved from another store had there
   */
  record Insert(CollectionSpec collection, String id, long version, JsonObject body)
      implements Write {
    public Insert(CollectionSpec collection, String id, JsonObject body) {
      this(collection, id, 1, body);
    }
  }

  /** A new body; loses with STALE unless the stored version is {@code version}. */
  record Replace(CollectionSpec collection, String id, long version, JsonObject body)
      implements Write {}

  /** Away with it; loses with STALE unless the stored version is {@code version}. */
  record Delete(CollectionSpec collection, String id, long version) implements Write {}

  /** What became of a write. */
  enum Outcome {
    DONE,
    DUPLICATE,
    STALE
  }
}
