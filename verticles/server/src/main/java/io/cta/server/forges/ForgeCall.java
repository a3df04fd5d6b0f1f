package io.cta.server.forges;

import io.cta.server.outgoing.OutgoingUrl;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * A request to a forge.
 *
 * @param body null of a request that only asks
 */
public record ForgeCall(
    HttpMethod method, OutgoingUrl url, Map<String, String> headers, JsonObject body) {}
