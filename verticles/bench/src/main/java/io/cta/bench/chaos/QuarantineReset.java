package io.cta.bench.chaos;

import io.cta.bench.fleet.BlockingApiClient;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;

/**
 * Who looks after the machines: three broken tasks quarantine one for a minute and longer, and a
 * run would spend its time waiting. That they do is other tests' business.
 */
final class QuarantineReset {
  private static final JsonObject ACTIVE = new JsonObject().put("health", "active");

  private final BlockingApiClient api;

  QuarantineReset(BlockingApiClient api) {
    this.api = api;
  }

  /** Best effort; a server that is away is asked the next time. */
  void liftQuarantines() {
    try {
      for (JsonObject machine : api.all("/api/v1/machines?health=quarantined")) {
        api.send("PUT", "/api/v1/machines/" + machine.getString("id"), ACTIVE.encode());
      }
    } catch (UncheckedIOException | AssertionError away) {
      // the next time, then
    }
  }
}
