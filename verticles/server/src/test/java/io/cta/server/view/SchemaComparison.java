package io.cta.server.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cta.server.view.definitions.BareWhenSingle;
import io.cta.server.view.definitions.ScriptView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares a view with a schema of the contract: names and kinds of values, at any depth. */
final class SchemaComparison {
  /** The records it has visited. */
  final Set<Class<?>> seen = new java.util.HashSet<>();

  private final JsonObject schemas;
  private final List<String> differences = new ArrayList<>();

  SchemaComparison(JsonObject contract) {
    schemas = contract.getJsonObject("components").getJsonObject("schemas");
  }

  /** The differences, each with its place; empty when there are none. */
  List<String> of(String schema, Class<? extends Record> view) {
    differences.clear();
    value(schema, schemas.getJsonObject(schema), view, false);
    return List.copyOf(differences);
  }

  private void value(String place, JsonObject schema, Type type, boolean bare) {
    JsonObject resolved = resolved(schema);
    Set<String> allowed = kinds(resolved);
    Set<String> written = kinds(type, bare);
    if (!allowed.containsAll(written)) {
      differences.add(place + " is " + written + " in the view, " + allowed + " in the contract");
    } else if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      value(place + "[]", resolved.getJsonObject("items"), generic.getActualTypeArguments()[0]);
    } else if (type instanceof ParameterizedType generic
        && resolved.getValue("additionalProperties") instanceof JsonObject values) {
      value(place + ".*", values, generic.getActualTypeArguments()[1]);
    } else if (type instanceof Class<?> view && view.isRecord() && written.contains("object")) {
      record(place, resolved, view);
    }
  }

  private void value(String place, JsonObject schema, Type type) {
    value(place, schema, type, false);
  }

  private void record(String place, JsonObject schema, Class<?> view) {
    Map<String, RecordComponent> shown = components(view);
    Map<String, JsonObject> properties = properties(schema);
    Set<String> hidden = new TreeSet<>(properties.keySet());
    hidden.removeAll(shown.keySet());
    Set<String> unnamed = new TreeSet<>(shown.keySet());
    unnamed.removeAll(properties.keySet());
    hidden.forEach(name -> differences.add(place + "." + name + " is not in the view"));
    unnamed.forEach(name -> differences.add(place + "." + name + " is not in the contract"));
    shown.forEach(
        (name, part) -> {
          if (properties.containsKey(name)) {
            boolean bare = part.getAccessor().isAnnotationPresent(BareWhenSingle.class);
            value(place + "." + name, properties.get(name), part.getGenericType(), bare);
          }
        });
  }

  /** Components by their names in JSON; an unwrapped record is replaced by its own components. */
  private Map<String, RecordComponent> components(Class<?> view) {
    seen.add(view);
    Map<String, RecordComponent> out = new LinkedHashMap<>();
    for (RecordComponent part : view.getRecordComponents()) {
      JsonProperty named = part.getAccessor().getAnnotation(JsonProperty.class);
      if (part.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        out.putAll(components(part.getType()));
      } else {
        out.put(named == null ? part.getName() : named.value(), part);
      }
    }
    return out;
  }

  /**
   * Includes the properties of each alternative; leaves out those that are only sent to the server.
   */
  private Map<String, JsonObject> properties(JsonObject schema) {
    Map<String, JsonObject> out = new LinkedHashMap<>();
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    for (String name : properties.fieldNames()) {
      if (!properties.getJsonObject(name).getBoolean("writeOnly", false)) {
        out.put(name, properties.getJsonObject(name));
      }
    }
    for (String alternative : List.of("then", "else")) {
      if (schema.containsKey(alternative)) {
        out.putAll(properties(resolved(schema.getJsonObject(alternative))));
      }
    }
    return out;
  }

  private JsonObject resolved(JsonObject schema) {
    String ref = schema.getString("$ref");
    return ref == null ? schema : schemas.getJsonObject(ref.substring(ref.lastIndexOf('/') + 1));
  }

  private static Set<String> kinds(JsonObject schema) {
    Object type = schema.getValue("type", "any");
    Set<String> out = new TreeSet<>();
    for (Object kind : type instanceof JsonArray all ? all : JsonArray.of(type)) {
      out.add(kind.equals("integer") ? "number" : (String) kind);
    }
    return out;
  }

  private static Set<String> kinds(Type type, boolean bare) {
    if (type instanceof ParameterizedType generic) {
      boolean list = generic.getRawType() == List.class;
      return list ? bare ? Set.of("array", "string") : Set.of("array") : Set.of("object");
    }
    Class<?> plain = (Class<?>) type;
    if (plain == ScriptView.class) {
      return Set.of("array", "string"); // written as one of its components
    } else if (plain == Object.class) {
      return Set.of("any");
    } else if (plain == boolean.class || plain == Boolean.class) {
      return Set.of("boolean");
    } else if (plain.isPrimitive() || Number.class.isAssignableFrom(plain)) {
      return Set.of("number");
    }
    boolean text = plain == String.class || plain == Instant.class || plain == Duration.class;
    return Set.of(text || plain.isEnum() ? "string" : "object");
  }
}
