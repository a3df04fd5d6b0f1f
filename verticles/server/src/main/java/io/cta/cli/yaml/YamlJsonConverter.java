package io.cta.cli.yaml;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Converts one document to JSON. Where only text can stand, a number or a truth value becomes the
 * text that was written: a mode of 755 is as good as one of 0755.
 */
final class YamlJsonConverter {
  /** Fields that hold text, or lists of it. */
  private static final Set<String> TEXTS =
      Set.of(
          "name",
          "description",
          "run",
          "stop",
          "cwd",
          "timeout",
          "stopTimeout",
          "artifact",
          "url",
          "path",
          "ref",
          "sha256",
          "to",
          "suite",
          "configuration",
          "scenario",
          "group",
          "zone",
          "labels",
          "machines",
          "groups");

  /** Fields whose entries have names that the author chooses, and are all text. */
  private static final Set<String> TEXT_MAPS = Set.of("env", "parameters", "match", "properties");

  private YamlJsonConverter() {}

  static JsonObject object(Map<?, ?> map) {
    Map<String, Object> out = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          String field = String.valueOf(key);
          boolean text = TEXTS.contains(field) && !(value instanceof Map<?, ?>);
          out.put(field, json(value, text || TEXT_MAPS.contains(field)));
        });
    return new JsonObject(out);
  }

  private static JsonObject texts(Map<?, ?> map) {
    Map<String, Object> out = new LinkedHashMap<>();
    map.forEach((key, value) -> out.put(String.valueOf(key), json(value, true)));
    return new JsonObject(out);
  }

  private static Object json(Object value, boolean text) {
    if (value instanceof Map<?, ?> map) {
      return text ? texts(map) : object(map);
    }
    if (value instanceof List<?> list) {
      JsonArray out = new JsonArray();
      list.forEach(item -> out.add(json(item, text)));
      return out;
    }
    return text && (value instanceof Number || value instanceof Boolean)
        ? String.valueOf(value)
        : value;
  }
}
