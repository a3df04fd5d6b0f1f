package io.cta.server.api.access;

import io.cta.domain.Machine;
import io.cta.json.JsonMapping;
import io.cta.server.api.http.InstantFormat;
import java.time.Instant;

/** Changes to a machine that come from its agent. */
final class MachineUpdates {
  private MachineUpdates() {}

  static Machine seen(Machine machine, Instant at) {
    return JsonMapping.fromObject(
        JsonMapping.toObject(machine)
            .put("lastSeenAt", InstantFormat.text(at))
            .put("presence", "offline"),
        Machine.class);
  }
}
