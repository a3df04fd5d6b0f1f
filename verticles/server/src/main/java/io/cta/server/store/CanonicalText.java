package io.cta.server.store;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a document as text that is the same whichever store it comes from: keys in order, no nulls
 * in objects, a number by its value and not by its type. Pure.
 */
public final class CanonicalText {
  private CanonicalText() {}

  public static String text(StoredDocument document) {
    return document.id() + '\n' + document.version() + '\n' + json(document.body());
  }

  public static byte[] digest(StoredDocument document) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(text(document).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String json(JsonObject body) {
    return new JsonObject(object(body.getMap())).encode();
  }

  private static Map<String, Object> object(Map<?, ?> map) {
    Map<String, Object> out = new TreeMap<>();
    map.forEach(
        (key, value) -> {
          if (value != null) {
            out.put((String) key, plain(value));
          }
        });
    return out;
  }

  private static Object plain(Object value) {
    if (value instanceof JsonObject object) {
      return new JsonObject(object(object.getMap()));
    }
    if (value instanceof Map<?, ?> map) {
      return new JsonObject(object(map));
    }
    if (value instanceof JsonArray array) {
      return array(array.getList());
    }
    if (value instanceof List<?> list) {
      return array(list);
    }
    return value instanceof Number number ? number(number) : value;
  }

  private static JsonArray array(List<?> list) {
    JsonArray out = new JsonArray();
    list.forEach(element -> out.add(element == null ? null : plain(element)));
    return out;
  }

  /** MongoDB has 64-bit whole numbers and doubles; any other number became a double there. */
  private static Object number(Number number) {
    if (number instanceof BigInteger || number instanceof BigDecimal || number instanceof Float) {
      return number(number.doubleValue());
    }
    if (number instanceof Double d) {
      boolean whole = d == Math.rint(d) && Math.abs(d) <= 1L << 53;
      return whole ? (Object) (long) (double) d : d;
    }
    return number.longValue();
  }
}
