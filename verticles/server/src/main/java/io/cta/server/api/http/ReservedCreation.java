package io.cta.server.api.http;

import io.cta.server.store.DocumentWrite;
import io.vertx.core.Future;
import java.util.Optional;

/** A create that stores the reservation of its {@code Idempotency-Key} with what it makes. */
public interface ReservedCreation {
  /**
   * Makes what gets that id; fails with {@link io.cta.server.store.ReservationTaken} when somebody
   * else has reserved the key.
   *
   * @param reservation to be written before anything that is made; null when none is needed
   */
  Future<ApiResponse> create(String id, DocumentWrite reservation);

  /** The answer about what was made before; empty when it is not there. */
  Future<Optional<ApiResponse>> existing(String id);
}
