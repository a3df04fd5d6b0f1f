package io.cta.agent.result;

import io.cta.domain.Result;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the fields of a reported result and says which one is at fault. */
final class ResultFieldReader {
  static final int NAME = 500;
  static final int TEXT = 16 * 1024;
  static final int CUSTOM = 64 * 1024;

  private static final int DEPTH = 50;

  private final JsonObject in;

  ResultFieldReader(JsonObject in) {
    this.in = in;
  }

  /** A text that is cut off when it is too long; numbers and booleans are taken as written. */
  String text(String field, int max) {
    Object value = in.getValue(field);
    if (value == null) {
      return null;
    }
    if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
      String text = value.toString();
      return text.isBlank() ? null : io.cta.agent.report.TextSanitizer.bounded(text, max);
    }
    throw ServiceFailure.invalid(field, "must be a text");
  }

  Result status() {
    String status = text("status", NAME);
    if (status == null) {
      throw ServiceFailure.invalid("status", "is required");
    }
    String lower = status.strip().toLowerCase(Locale.ROOT);
    for (Result result : Result.values()) {
      if (result.wire().equals(lower)) {
        return result;
      }
    }
    throw ServiceFailure.invalid("status", "must be ok, failed, inconclusive or partial");
  }

  boolean flag(String field) {
    Object value = in.getValue(field);
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    throw ServiceFailure.invalid(field, "must be true or false");
  }

  Long millis(String field) {
    Object value = in.getValue(field);
    if (value == null) {
      return null;
    }
    if (value instanceof Number number && number.longValue() >= 0) {
      return number.longValue();
    }
    throw ServiceFailure.invalid(field, "must be a number of milliseconds, 0 or more");
  }

  /** {@code custom} and whatever has no place of its own; null when there is nothing. */
  JsonObject custom(Set<String> placed) {
    JsonObject out = new JsonObject();
    Object custom = in.getValue("custom");
    if (custom instanceof JsonObject object) {
      out.mergeIn(object);
    } else if (custom != null) {
      out.put("custom", custom);
    }
    in.forEach(
        entry -> {
          if (!placed.contains(entry.getKey()) && !entry.getKey().equals("custom")) {
            out.put(entry.getKey(), entry.getValue());
          }
        });
    if (deeper(out, DEPTH)) {
      throw ServiceFailure.invalid("custom", "must not be nested deeper than " + DEPTH);
    }
    if (out.encode().length() > CUSTOM) {
      throw new ServiceFailure(
          ErrorCode.TOO_LARGE, "custom", "custom is larger than " + CUSTOM + " characters");
    }
    return out.isEmpty() ? null : out;
  }

  /** Nothing here may be deeper than what its way to the server takes. */
  private static boolean deeper(Object value, int levels) {
    Iterable<?> inside =
        value instanceof JsonObject object
            ? object.getMap().values()
            : value instanceof JsonArray array ? array.getList() : List.of();
    for (Object item : inside) {
      if (levels == 0 || deeper(wrapped(item), levels - 1)) {
        return true;
      }
    }
    return false;
  }

  @SuppressWarnings("unchecked")
  private static Object wrapped(Object item) {
    return item instanceof Map<?, ?> map
        ? new JsonObject((Map<String, Object>) map)
        : item instanceof List<?> list ? new JsonArray(list) : item;
  }
}
