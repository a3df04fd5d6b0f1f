package io.cta.agent.result;

import io.cta.domain.Result;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.text.TextCut;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the fields of a reported result; an error names the field. */
final class ResultFieldReader {
  static final int MAX_NAME_CHARS = 500;
  static final int MAX_TEXT_CHARS = 16 * 1024;
  static final int MAX_CUSTOM_CHARS = 64 * 1024;

  private static final int MAX_DEPTH = 50;

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
      return text.isBlank() ? null : TextCut.shortened(text, max);
    }
    throw ServiceFailure.invalid(field, "must be a text");
  }

  Result status() {
    String status = text("status", MAX_NAME_CHARS);
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

  /** {@code custom} and all fields without a place of their own; null when there are none. */
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
    if (deeper(out, MAX_DEPTH)) {
      throw ServiceFailure.invalid("custom", "must not be nested deeper than " + MAX_DEPTH);
    }
    if (out.encode().length() > MAX_CUSTOM_CHARS) {
      throw ServiceFailure.ofField(
          ErrorCode.TOO_LARGE, "custom", "is larger than " + MAX_CUSTOM_CHARS + " characters");
    }
    return out.isEmpty() ? null : out;
  }

  /** Whether a value is nested deeper than the messages to the server allow. */
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
