package io.cta.cli.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Describes the arguments of a tool in JSON Schema. One thread. */
final class ToolSchema {
  private final Map<String, Object> properties = new LinkedHashMap<>();
  private final List<String> required = new ArrayList<>();

  ToolSchema required(String name, String type, String description) {
    required.add(name);
    return optional(name, type, description);
  }

  ToolSchema optional(String name, String type, String description) {
    properties.put(name, Map.of("type", type, "description", description));
    return this;
  }

  /** Texts by name. */
  ToolSchema texts(String name, String description) {
    properties.put(
        name,
        Map.of(
            "type",
            "object",
            "description",
            description,
            "additionalProperties",
            Map.of("type", "string")));
    return this;
  }

  ToolSchema choice(String name, String description, String... values) {
    properties.put(
        name, Map.of("type", "string", "description", description, "enum", List.of(values)));
    return this;
  }

  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", required);
    schema.put("additionalProperties", false);
    return schema;
  }
}
