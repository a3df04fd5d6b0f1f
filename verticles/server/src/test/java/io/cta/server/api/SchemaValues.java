package io.cta.server.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;

/** Generates values for a schema of the contract, some of them invalid. */
final class SchemaValues {
  /** Texts that have broken other programs. */
  static final String[] ODD = {
    "",
    " ",
    "a",
    "0",
    "-1",
    "1.10",
    "true",
    "null",
    "NaN",
    "1e999",
    "9223372036854775808",
    "%",
    "%25",
    "%00",
    "50% off",
    "a+b",
    "a/b",
    "../..",
    "\\",
    "'",
    "\"",
    "`",
    "${x}",
    "{{7*7}}",
    "<b>",
    "a\tb",
    "a\nb",
    "é",
    "e\u0301",
    "परीक्षण",
    "ทดสอบ",
    "\uD83D\uDE80",
    "\uD800",
    "\uFFFF",
    "\u202E",
    "İ",
    "ß",
    "x".repeat(129),
    "x".repeat(5_000),
    "0 0 30 2 *",
    "*/0 * * * *",
    "30s",
    "999999999d",
    "Europe/Berlin",
    "$where",
    "_id",
    "__proto__",
    "constructor"
  };

  private final Random random;
  private final JsonObject contract;
  private final List<String> names;

  SchemaValues(Random random, JsonObject contract, List<String> names) {
    this.random = random;
    this.contract = contract;
    this.names = names;
  }

  /**
   * @param faults one in how many values breaks its schema
   */
  Object of(JsonObject written, int depth, int faults) {
    JsonObject schema = resolved(written);
    if (random.nextInt(faults) == 0) {
      return anything(depth);
    }
    if (schema.containsKey("enum")) {
      return any(schema.getJsonArray("enum"));
    }
    if (schema.containsKey("if") && random.nextBoolean()) {
      String key = random.nextBoolean() ? "ref" : "suite";
      return new JsonObject().put(key, name());
    }
    if (schema.containsKey("if")) {
      return of(new JsonObject().put("$ref", "#/components/schemas/Test"), depth, faults);
    }
    Object type = schema.getValue("type");
    String one = String.valueOf(type instanceof JsonArray several ? any(several) : type);
    return switch (one) {
      case "string" -> text(schema);
      case "integer", "number" -> number(schema);
      case "boolean" -> random.nextBoolean();
      case "array" -> array(schema, depth, faults);
      case "object" -> object(schema, depth, faults);
      default -> anything(depth);
    };
  }

  String name() {
    return random.nextInt(4) == 0 ? odd() : pick(names);
  }

  String odd() {
    return ODD[random.nextInt(ODD.length)];
  }

  JsonObject resolved(JsonObject schema) {
    String ref = schema.getString("$ref");
    if (ref == null) {
      return schema;
    }
    JsonObject at = contract;
    for (String step : ref.substring(2).split("/")) {
      at = at.getJsonObject(step);
    }
    return resolved(at);
  }

  private String text(JsonObject schema) {
    String pattern = schema.getString("pattern", "");
    if (random.nextInt(12) == 0) {
      return odd();
    }
    if (pattern.contains("ms|s|m")) {
      return random.nextInt(100) + "s";
    }
    if (pattern.startsWith("^[^:")) {
      return "org.example:thing:1.0";
    }
    if (schema.getString("description", "").startsWith("Five fields")) {
      return random.nextInt(60) + " " + random.nextInt(24) + " * * " + random.nextInt(8);
    }
    int least = schema.getInteger("minLength", 0);
    String name = name();
    return name.length() >= least ? name : name + "x".repeat(least - name.length());
  }

  private Object number(JsonObject schema) {
    long least = schema.getLong("minimum", -10L);
    long most = schema.getLong("maximum", least + 1000);
    return switch (random.nextInt(12)) {
      case 0 -> least - 1;
      case 1 -> most + 1;
      case 2 -> Long.MAX_VALUE;
      case 3 -> 1.5;
      case 4 -> 1e300;
      default -> least + (long) (random.nextDouble() * Math.min(most - least + 1, 20));
    };
  }

  private JsonArray array(JsonObject schema, int depth, int faults) {
    JsonArray out = new JsonArray();
    for (int n = depth > 5 ? 0 : random.nextInt(3); n > 0; n--) {
      out.add(of(schema.getJsonObject("items", new JsonObject()), depth + 1, faults));
    }
    return out;
  }

  private JsonObject object(JsonObject schema, int depth, int faults) {
    JsonObject out = new JsonObject();
    JsonArray required = schema.getJsonArray("required", new JsonArray());
    for (String field : schema.getJsonObject("properties", new JsonObject()).fieldNames()) {
      if (required.contains(field) ? random.nextInt(40) > 0 : depth < 6 && random.nextInt(3) == 0) {
        JsonObject of = schema.getJsonObject("properties").getJsonObject(field);
        out.put(field, of(of, depth + 1, faults));
      }
    }
    if (schema.getValue("additionalProperties") instanceof JsonObject values) {
      for (int n = random.nextInt(3); n > 0; n--) {
        String key = random.nextInt(3) == 0 ? odd() : "KEY" + n;
        out.put(key, of(values, depth + 1, faults));
      }
    }
    if (random.nextInt(faults) == 0) {
      out.put(odd(), anything(depth));
    }
    return out;
  }

  private Object anything(int depth) {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> random.nextInt();
      case 2 -> random.nextBoolean();
      case 3 -> new JsonArray().add(odd()).add(random.nextLong());
      case 4 -> new JsonObject().put(odd(), odd());
      case 5 -> depth > 3 ? new JsonArray() : new JsonArray().add(anything(depth + 1));
      default -> odd();
    };
  }

  <T> T pick(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private Object any(JsonArray of) {
    return of.getValue(random.nextInt(of.size()));
  }
}
