package io.cta.server.store.mongo;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.FieldValues;
import io.cta.server.store.StoreCollections;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * The key by which a collection is spread over shards.
 *
 * @param fields null for a collection that stays whole on the database's primary shard
 * @param reason for people
 */
record ShardKey(JsonObject fields, String reason) {
  private static final String HASHED = "hashed";
  private static final String OWNER = "executionId";

  /** Collections whose documents belong to an execution and have ids that begin with its id. */
  private static final Set<CollectionSpec> PARTS =
      Set.of(
          StoreCollections.TASKS,
          StoreCollections.STATUSES,
          StoreCollections.LOGS,
          StoreCollections.ARTIFACTS,
          StoreCollections.DELIVERIES);

  private static final Set<CollectionSpec> MANY =
      Set.of(
          StoreCollections.EXECUTIONS,
          StoreCollections.EXECUTION_SPECS,
          StoreCollections.IDEMPOTENCY);

  static ShardKey of(CollectionSpec spec) {
    if (!spec.unique().isEmpty()) {
      return new ShardKey(
          null,
          "stays whole: it is small, and its unique "
              + String.join(", ", spec.unique())
              + " can only be held on one shard");
    }
    if (PARTS.contains(spec)) {
      return new ShardKey(
          new JsonObject().put(OWNER, HASHED).put(MongoDocumentCodec.ID, 1),
          "all of one execution together, so that its queries ask one shard; hashed, because ids"
              + " grow with time and would all go to the last shard; the id behind it lets a big"
              + " execution be split");
    }
    if (MANY.contains(spec)) {
      return new ShardKey(
          new JsonObject().put(MongoDocumentCodec.ID, HASHED),
          "read and changed one by one by its id, which hashed spreads new ones evenly and keeps"
              + " unique");
    }
    return new ShardKey(null, "stays whole: a handful of documents");
  }

  boolean spread() {
    return fields != null;
  }

  /** Adds to a guard the field that tells a router which one shard to ask; it never changes. */
  static JsonObject aim(CollectionSpec spec, JsonObject guard, DocumentWrite.Replace write) {
    if (PARTS.contains(spec) && write.body().getValue(OWNER) != null) {
      guard.put(OWNER, FieldValues.of(FieldValues.declared(spec, OWNER), write.body()));
    }
    return guard;
  }
}
