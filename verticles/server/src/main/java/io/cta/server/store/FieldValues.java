package io.cta.server.store;

import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.cta.server.store.CollectionSpec.Field;
import io.cta.server.store.CollectionSpec.Type;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the values of declared fields: text, a number, a boolean, texts, or null. */
public final class FieldValues {
  private static final Field ID = new Field("id", Type.TEXT);

  private FieldValues() {}

  /** The declared field at that path, {@code id} included, or an INVALID failure. */
  public static Field declared(CollectionSpec spec, String path) {
    if (path.equals(ID.path())) {
      return ID;
    }
    for (Field field : spec.fields()) {
      if (field.path().equals(path)) {
        return field;
      }
    }
    throw ServiceFailure.invalid(path, "is no field by which " + spec.name() + " are found");
  }

  /** The values of all declared fields in their order; a value of another type is INVALID. */
  public static List<Object> all(CollectionSpec spec, JsonObject body) {
    List<Object> values = new ArrayList<>(spec.fields().size());
    for (Field field : spec.fields()) {
      values.add(of(field, body));
    }
    return values;
  }

  /** The value of one field of a body, null when it is absent. */
  public static Object of(Field field, JsonObject body) {
    Object value = at(body, field.path());
    if (value == null) {
      return null;
    }
    if (field.type() == Type.TEXTS) {
      if (value instanceof JsonArray array
          && array.stream().allMatch(element -> element instanceof String)) {
        return array.stream().map(String.class::cast).toList();
      }
      throw ServiceFailure.invalid(field.path(), "must be a list of texts");
    }
    return scalar(field, value);
  }

  /** A value to compare a field with, in the form the field has; INVALID when it does not fit. */
  public static Object scalar(Field field, Object value) {
    return switch (field.type()) {
      case TEXT, TEXTS -> text(field, value);
      case NUMBER -> {
        if (value instanceof Number number) {
          yield number;
        }
        throw ServiceFailure.invalid(field.path(), "must be a number");
      }
      case BOOLEAN -> {
        if (value instanceof Boolean flag) {
          yield flag;
        }
        throw ServiceFailure.invalid(field.path(), "must be true or false");
      }
    };
  }

  private static String text(Field field, Object value) {
    if (value instanceof CharSequence text) {
      return text.toString();
    }
    if (value instanceof Enum<?> || value instanceof Instant) {
      return JsonMapping.mapper().convertValue(value, String.class);
    }
    throw ServiceFailure.invalid(field.path(), "must be text");
  }

  private static Object at(JsonObject body, String path) {
    JsonObject in = body;
    int from = 0;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', from)) {
      if (!(in.getValue(path.substring(from, dot)) instanceof JsonObject inner)) {
        return null;
      }
      in = inner;
      from = dot + 1;
    }
    return in.getValue(from == 0 ? path : path.substring(from));
  }
}
