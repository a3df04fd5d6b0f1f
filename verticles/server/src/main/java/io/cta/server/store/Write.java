package io.cta.server.store;

import io.vertx.core.json.JsonObject;

/** One change; see {@link DocumentStore#apply}. */
public sealed interface Write {
  CollectionSpec collection();

  String id();

  /** A new document, version 1; loses with DUPLICATE when id or a unique field is taken. */
  record Insert(CollectionSpec collection, String id, JsonObject body) implements Write {}

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
