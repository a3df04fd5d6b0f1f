package io.cta.server.api;

import io.cta.domain.Machine;
import io.cta.json.Json;
import java.time.Instant;

/** Changes that the agent's side makes to a machine. */
final class Machines {
  private Machines() {}

  static Machine seen(Machine machine, Instant at) {
    return Json.fromObject(
        Json.toObject(machine).put("lastSeenAt", Instants.text(at)).put("presence", "offline"),
        Machine.class);
  }
}
