package io.cta.server.store;

import io.vertx.core.json.JsonObject;

/**
 * A stored document.
 *
 * @param version 1 after the insert, one more with each replace
 * @param body the content, {@code id} included, {@code version} not; not to be changed
 */
public record Document(String id, long version, JsonObject body) {}
