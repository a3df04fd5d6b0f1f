package io.cta.agent.run;

import io.cta.domain.AttemptRef;
import io.vertx.core.Future;
import java.util.Map;

/** Asks the server for the secrets of an attempt. Any thread. */
@FunctionalInterface
public interface SecretOpener {
  /**
   * The values by the names of the secrets. Fails with a {@link io.cta.error.ServiceFailure}:
   * UNAVAILABLE when no server has answered in time, another code when the server refuses.
   */
  Future<Map<String, String>> open(AttemptRef attempt);
}
