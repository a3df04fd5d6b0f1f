package io.cta.server.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Generates valid and broken requests for the operations of the contract, from a seed. */
final class RandomRequests {
  private static final int MAX_HEADER_CHARS = 2_000;

  /** One request; {@code uri} as it is sent. */
  record GeneratedRequest(String method, String uri, Map<String, String> headers, Buffer body) {
    @Override
    public String toString() {
      String sent = body == null ? "" : body.getString(0, Math.min(600, body.length()));
      return method + " " + uri + " " + headers + " " + sent;
    }
  }

  private record Op(String method, String path, JsonArray parameters, JsonObject schema) {}

  private final Random random;
  private final SchemaValues values;
  private final List<String> tokens;
  private final List<Op> operations = new ArrayList<>();

  RandomRequests(long seed, JsonObject contract, List<String> tokens, List<String> names) {
    this.random = new Random(seed);
    this.values = new SchemaValues(random, contract, names);
    this.tokens = tokens;
    for (Map.Entry<String, Object> path : contract.getJsonObject("paths")) {
      JsonObject item = (JsonObject) path.getValue();
      for (String method : item.fieldNames()) {
        if (!method.equals("parameters")) {
          operations.add(op(method, path.getKey(), item, item.getJsonObject(method)));
        }
      }
    }
  }

  int operations() {
    return operations.size();
  }

  GeneratedRequest next() {
    Op op = operations.get(random.nextInt(operations.size()));
    String method = random.nextInt(60) == 0 ? pickMethod() : op.method();
    Map<String, String> headers = headers();
    String uri = "/api/v1" + path(op) + query(op);
    Buffer body = null;
    if (op.schema() != null && random.nextInt(30) > 0) {
      body = body(op.schema());
      if (random.nextInt(25) > 0) {
        headers.put("Content-Type", random.nextInt(8) == 0 ? oddType() : "application/json");
      }
    }
    return new GeneratedRequest(method, uri, headers, body);
  }

  private Op op(String method, String path, JsonObject item, JsonObject operation) {
    JsonArray parameters = new JsonArray();
    for (JsonObject of : new JsonObject[] {item, operation}) {
      for (Object parameter : of.getJsonArray("parameters", new JsonArray())) {
        parameters.add(values.resolved((JsonObject) parameter));
      }
    }
    JsonObject body = operation.getJsonObject("requestBody");
    JsonObject json =
        body == null ? null : body.getJsonObject("content").getJsonObject("application/json");
    JsonObject schema = json == null ? null : json.getJsonObject("schema");
    return new Op(method.toUpperCase(Locale.ROOT), path, parameters, schema);
  }

  private String pickMethod() {
    return List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW")
        .get(random.nextInt(8));
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    if (random.nextInt(15) > 0) {
      headers.put("Authorization", "Bearer " + values.pick(tokens));
    } else if (random.nextBoolean()) {
      headers.put("Authorization", printable(values.odd()));
    } else {
      headers.put("Cookie", "cta_session=" + printable(values.odd()).replace(";", ""));
    }
    if (random.nextInt(3) == 0) {
      String[] tags = {"*", "\"1\"", "W/\"1\"", "1", "\"", "W/", "\"a\", \"b\"", "%"};
      headers.put("If-Match", tags[random.nextInt(tags.length)]);
    }
    if (random.nextInt(4) == 0) {
      headers.put("Idempotency-Key", printable(values.odd()) + "k");
    }
    if (random.nextInt(10) == 0) {
      String[] odd = {"Accept", "Accept-Encoding", "Range", "X-CSRF-Token", "Origin", "Expect"};
      headers.put(odd[random.nextInt(odd.length - 1)], printable(values.odd()));
    }
    return headers;
  }

  private String path(Op op) {
    String path = op.path();
    while (path.contains("{")) {
      String piece = random.nextInt(10) == 0 ? rawPiece() : encoded(values.name());
      path = path.substring(0, path.indexOf('{')) + piece + path.substring(path.indexOf('}') + 1);
    }
    return random.nextInt(80) == 0 ? path + rawPiece() : path;
  }

  private String query(Op op) {
    StringBuilder out = new StringBuilder();
    for (Object item : op.parameters()) {
      JsonObject parameter = (JsonObject) item;
      if (parameter.getString("in").equals("query") && random.nextInt(3) == 0) {
        String name = parameter.getString("name");
        Object value = values.of(parameter.getJsonObject("schema"), 0, 8);
        // following a log that nobody writes would take as long as the test
        String text = name.equals("follow") ? "false" : String.valueOf(value);
        boolean raw = !name.equals("follow") && random.nextInt(12) == 0;
        add(out, name + "=" + (raw ? rawPiece() : encoded(text)));
      }
    }
    if (random.nextInt(25) == 0) {
      add(out, encoded(values.odd()) + "=" + rawPiece());
    }
    return out.toString();
  }

  private static void add(StringBuilder query, String pair) {
    query.append(query.isEmpty() ? '?' : '&').append(pair);
  }

  private Buffer body(JsonObject schema) {
    return switch (random.nextInt(20)) {
      case 0 -> Buffer.buffer("[".repeat(10_000) + "]".repeat(10_000));
      case 1 -> Buffer.buffer("{\"a\":".repeat(90) + "1" + "}".repeat(90));
      case 2 -> Buffer.buffer(noise());
      case 3 -> Buffer.buffer(cut(json(schema)));
      case 4 -> Buffer.buffer(json(schema) + json(schema));
      case 5 -> Buffer.buffer("{\"name\":1e" + random.nextInt(100_000) + "}");
      default -> Buffer.buffer(json(schema));
    };
  }

  private String json(JsonObject schema) {
    Object made = values.of(schema, 0, 20);
    return new JsonArray().add(made).encode().replaceAll("^\\[|]$", "");
  }

  private String cut(String json) {
    return json.substring(0, random.nextInt(json.length() + 1));
  }

  private byte[] noise() {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  private String oddType() {
    String[] types = {
      "Application/JSON",
      "application/json; charset=utf-16",
      "text/plain",
      "",
      "/",
      "*/*",
      "application/problem+json",
      "multipart/form-data; boundary=x",
      "a".repeat(500)
    };
    return types[random.nextInt(types.length)];
  }

  private String rawPiece() {
    String[] pieces = {
      "%",
      "%2",
      "%zz",
      "%00",
      "%2F",
      "%2e%2e%2f",
      "%25",
      "%2525",
      "%ff",
      "%C3%28",
      "+",
      "..",
      ".",
      ";x=1",
      "//",
      "?",
      "&&",
      "=",
      "%0a%0d",
      "'",
      "*",
      "a".repeat(3000)
    };
    return pieces[random.nextInt(pieces.length)];
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The characters that a header may have. */
  /** Cut, so that all headers together stay within what HTTP itself takes. */
  private static String printable(String text) {
    return text.substring(0, Math.min(MAX_HEADER_CHARS, text.length()))
        .replaceAll("[^ -~]", "?")
        .strip();
  }
}
