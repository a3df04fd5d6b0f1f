package io.cta.server.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.DatabindCodec;
import java.util.Map;

/**
 * The parameters and the body of a request, which follow the contract.
 *
 * @param parameters those that were given, by name
 * @param body null if there was none
 */
record ValidatedInput(Map<String, JsonNode> parameters, JsonNode body) {
  /** A copy of the body; an absent one is empty. */
  @SuppressWarnings("unchecked")
  JsonObject object() {
    if (body == null) {
      return new JsonObject();
    }
    try {
      return new JsonObject(DatabindCodec.mapper().treeToValue(body, Map.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
