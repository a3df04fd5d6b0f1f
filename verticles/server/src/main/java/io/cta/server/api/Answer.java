package io.cta.server.api;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an operation answers; the body null for none. */
record Answer(int status, JsonObject body, Map<String, String> headers, boolean keepable) {
  static Answer ok(JsonObject body) {
    return new Answer(200, body, Map.of(), true);
  }

  static Answer of(int status, JsonObject body) {
    return new Answer(status, body, Map.of(), true);
  }

  static Answer empty() {
    return new Answer(204, null, Map.of(), true);
  }

  Answer with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Answer(status, body, all, keepable);
  }

  Answer tag(String tag) {
    return with("ETag", "\"" + tag + "\"");
  }

  /** Holds a secret: must be kept nowhere, not even to answer a repeated request. */
  Answer unrepeatable() {
    return new Answer(status, body, headers, false);
  }
}
