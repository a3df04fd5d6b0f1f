package io.cta.bench.chaos;

import io.cta.bench.fleet.BlockingApiClient;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;

/**
 * Lifts quarantines, as an operator would: a machine with three broken tasks is quarantined for a
 * minute or longer, and the run would spend its time waiting. Other tests check that quarantines
 * work.
 */
final class QuarantineReset {
  private static final JsonObject ACTIVE = new JsonObject().put("health", "active");

  private final BlockingApiClient api;

  QuarantineReset(BlockingApiClient api) {
    this.api = api;
  }

  /** Tries once; if the server is away, the next call tries again. */
  void liftQuarantines() {
    try {
      for (JsonObject machine : api.all("/api/v1/machines?health=quarantined")) {
        api.send("PUT", "/api/v1/machines/" + machine.getString("id"), ACTIVE.encode());
      }
    } catch (UncheckedIOException | AssertionError away) {
      // the next call tries again
    }
  }
}
