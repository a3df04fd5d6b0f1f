package io.cta.server.store.mongo;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.IndexSpec;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a collection's indexes with those it needs. Pure.
 *
 * @param missing indexes to create
 * @param wrong why some cannot be created, for people
 * @param foreign names of indexes that CTA has no use for
 */
record IndexPlan(List<IndexSpec> missing, List<String> wrong, List<String> foreign) {
  private static final String SHARD = "shard";

  /**
   * @param found as the database lists them
   */
  static IndexPlan of(CollectionSpec spec, List<JsonObject> found) {
    List<IndexSpec> missing = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    List<JsonObject> others = new ArrayList<>(found);
    for (IndexSpec wanted : IndexSpec.of(spec)) {
      JsonObject same = null;
      for (JsonObject index : found) {
        boolean keys = keys(wanted).encode().equals(plain(index.getJsonObject("key")).encode());
        boolean unique = index.getBoolean("unique", false) == wanted.unique();
        if (keys && unique) {
          same = index;
        } else if (keys || wanted.name().equals(index.getString("name"))) {
          wrong.add(difference(spec, wanted, index));
          same = index;
        }
      }
      if (same == null) {
        missing.add(wanted);
      } else {
        others.remove(same);
      }
    }
    List<String> foreign = new ArrayList<>();
    ShardKey key = ShardKey.of(spec);
    for (JsonObject index : others) {
      String keys = plain(index.getJsonObject("key")).encode();
      boolean shard = SHARD.equals(index.getString("name")) || keys.equals(hashed(key));
      if (!index.getJsonObject("key").fieldNames().equals(java.util.Set.of(MongoDocumentCodec.ID))
          && !shard) {
        foreign.add(index.getString("name"));
      }
    }
    return new IndexPlan(missing, wrong, foreign);
  }

  static JsonObject keys(IndexSpec index) {
    JsonObject keys = new JsonObject();
    index.paths().forEach(path -> keys.put(MongoQueryBuilder.key(path), 1));
    return keys;
  }

  private static String hashed(ShardKey key) {
    return key.spread() ? key.fields().encode() : "";
  }

  /** Turns directions into whole numbers, because some servers return 1.0. */
  private static JsonObject plain(JsonObject keys) {
    JsonObject out = new JsonObject();
    keys.forEach(
        key ->
            out.put(
                key.getKey(),
                key.getValue() instanceof Number number ? number.intValue() : key.getValue()));
    return out;
  }

  private static String difference(CollectionSpec spec, IndexSpec wanted, JsonObject index) {
    return "the index '%s' of %s is %s and must be %s: drop it, the next start makes the right one"
        .formatted(
            index.getString("name"),
            spec.name(),
            text(index.getJsonObject("key"), index.getBoolean("unique", false)),
            text(keys(wanted), wanted.unique()));
  }

  private static String text(JsonObject keys, boolean unique) {
    return keys.encode() + (unique ? " unique" : " not unique");
  }
}
