package io.cta.server.api.access;

import io.cta.domain.Machine;
import io.cta.json.InstantText;
import io.cta.json.JsonMapping;
import java.time.Instant;

/** Changes to a machine that come from its agent. */
final class MachineUpdates {
  private MachineUpdates() {}

  static Machine seen(Machine machine, Instant at) {
    return JsonMapping.fromObject(
        JsonMapping.toObject(machine)
            .put("lastSeenAt", InstantText.format(at))
            .put("presence", "offline"),
        Machine.class);
  }
}
