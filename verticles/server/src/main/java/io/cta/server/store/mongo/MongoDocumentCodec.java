package io.cta.server.store.mongo;

import io.cta.json.JsonMapping;
import io.cta.server.store.StoredDocument;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;

/**
 * Converts documents to and from their form in MongoDB: the fields as they are, the id as {@code
 * _id}, the version as {@code _v}, and as {@code _w} a random number by which the last write is
 * recognised. Keys with a special meaning for MongoDB or its client are percent-encoded. Null and
 * absent are the same. Pure.
 */
final class MongoDocumentCodec {
  static final String ID = "_id";
  static final String VERSION = "_v";
  static final String NONCE = "_w";

  private static final Set<String> OWN = Set.of(ID, VERSION, NONCE);

  private MongoDocumentCodec() {}

  static JsonObject stored(String id, long version, long nonce, JsonObject body) {
    JsonObject out = new JsonObject().put(ID, id).put(VERSION, version).put(NONCE, nonce);
    for (Map.Entry<String, Object> field : body) {
      if (field.getValue() != null && !field.getKey().equals("id")) {
        out.put(topKey(field.getKey()), value(field.getValue()));
      }
    }
    return out;
  }

  static StoredDocument document(JsonObject stored) {
    String id = stored.getString(ID);
    JsonObject body = new JsonObject().put("id", id);
    for (Map.Entry<String, Object> field : stored) {
      if (!OWN.contains(field.getKey())) {
        body.put(plain(field.getKey()), plainValue(field.getValue()));
      }
    }
    return new StoredDocument(id, stored.getLong(VERSION), body);
  }

  /** The key that a field of the body has in the database. */
  static String topKey(String key) {
    return key.startsWith("_") ? "%5F" + key(key.substring(1)) : key(key);
  }

  private static String key(String key) {
    boolean harmless =
        key.indexOf('%') < 0
            && key.indexOf('.') < 0
            && key.indexOf('\0') < 0
            && !key.startsWith("$");
    if (harmless) {
      return key;
    }
    String escaped = key.replace("%", "%25").replace(".", "%2E").replace("\0", "%00");
    return escaped.startsWith("$") ? "%24" + escaped.substring(1) : escaped;
  }

  private static String plain(String key) {
    return key.indexOf('%') < 0
        ? key
        : key.replace("%5F", "_")
            .replace("%24", "$")
            .replace("%00", "\0")
            .replace("%2E", ".")
            .replace("%25", "%");
  }

  private static Object value(Object value) {
    if (value instanceof JsonObject object) {
      JsonObject out = new JsonObject();
      for (Map.Entry<String, Object> field : object) {
        if (field.getValue() != null) {
          out.put(key(field.getKey()), value(field.getValue()));
        }
      }
      return out;
    }
    if (value instanceof JsonArray array) {
      JsonArray out = new JsonArray();
      array.forEach(element -> out.add(value(element)));
      return out;
    }
    return scalar(value);
  }

  private static Object scalar(Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Double
        || value instanceof Boolean) {
      return value;
    }
    if (value instanceof BigInteger || value instanceof BigDecimal || value instanceof Float) {
      return ((Number) value).doubleValue();
    }
    return value instanceof Number number
        ? number.longValue()
        : JsonMapping.mapper().convertValue(value, String.class);
  }

  private static Object plainValue(Object value) {
    if (value instanceof JsonObject object) {
      JsonObject out = new JsonObject();
      object.forEach(field -> out.put(plain(field.getKey()), plainValue(field.getValue())));
      return out;
    }
    if (value instanceof JsonArray array) {
      JsonArray out = new JsonArray();
      array.forEach(element -> out.add(plainValue(element)));
      return out;
    }
    return value;
  }
}
