package io.cta.server.api.contract;

import io.vertx.core.json.JsonObject;

/** A field and the rule it breaks, worded to follow the field's name. */
public record FieldError(String field, String rule) {
  JsonObject toJson() {
    return new JsonObject().put("field", field).put("rule", rule);
  }

  public FieldError below(String parent) {
    boolean dot = !field.isEmpty() && field.charAt(0) != '[';
    return new FieldError(parent + (dot ? "." : "") + field, rule);
  }
}
