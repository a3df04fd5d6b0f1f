package io.cta.server.store;

import io.cta.json.InstantText;
import io.cta.json.JsonMapping;
import io.cta.server.store.CollectionSpec.Field;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the declared fields of a collection from records of one type, with the values that {@link
 * FieldValues} finds in their JSON. Safe from any thread.
 */
final class RecordFields {
  private final List<FieldPath> paths;
  private final RemainderWriter remainder;

  /** The accessors that lead to a field, one component after the other. */
  private record FieldPath(Field field, List<Method> accessors, String[] names) {}

  private RecordFields(List<FieldPath> paths, RemainderWriter remainder) {
    this.paths = paths;
    this.remainder = remainder;
  }

  /** Fails with IllegalArgumentException when a declared field is no component of the record. */
  static RecordFields of(CollectionSpec spec, Class<?> type) {
    component(type, "id", spec);
    List<FieldPath> paths = new ArrayList<>();
    for (Field field : spec.fields()) {
      List<Method> accessors = new ArrayList<>();
      Class<?> in = type;
      for (String step : field.path().split("\\.")) {
        RecordComponent component = component(in, step, spec);
        accessors.add(component.getAccessor());
        in = component.getType();
      }
      paths.add(new FieldPath(field, accessors, in.isEnum() ? names(in) : null));
    }
    return new RecordFields(List.copyOf(paths), new RemainderWriter(spec, type));
  }

  /** The record as JSON text in UTF-8, without its id and the collection's plain fields. */
  byte[] remainder(Object record) {
    return remainder.bytes(record);
  }

  /** The values in the order of the declared fields; null for absent ones. */
  List<Object> values(Object record) {
    List<Object> values = new ArrayList<>(paths.size());
    for (FieldPath path : paths) {
      Object value = record;
      for (Method accessor : path.accessors) {
        value = value == null ? null : invoke(accessor, value);
      }
      values.add(plain(path, value));
    }
    return values;
  }

  private static Object plain(FieldPath path, Object value) {
    if (value instanceof Enum<?> constant) {
      return path.names[constant.ordinal()];
    }
    if (value instanceof Instant instant) {
      return InstantText.format(instant);
    }
    return value == null || value instanceof List ? value : FieldValues.scalar(path.field, value);
  }

  private static Object invoke(Method accessor, Object record) {
    try {
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + accessor, e);
    }
  }

  /** The names of the constants in JSON. */
  private static String[] names(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> JsonMapping.mapper().convertValue(constant, String.class))
        .toArray(String[]::new);
  }

  private static RecordComponent component(Class<?> type, String name, CollectionSpec spec) {
    RecordComponent[] all = type.getRecordComponents();
    return Arrays.stream(all == null ? new RecordComponent[0] : all)
        .filter(component -> component.getName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    spec.name() + ": " + type.getName() + " has no component " + name));
  }
}
