package io.cta.server.api.http;

import io.cta.server.store.DocumentWrite;
import io.vertx.core.Future;
import java.util.Optional;

/** A create that stores the reservation of its {@code Idempotency-Key} with what it makes. */
public interface ReservedCreation {
  /**
   * Creates the document with that id; fails with {@link io.cta.server.store.ReservationTaken} when
   * somebody else has reserved the key.
   *
   * @param reservation to be written before everything else; null when none is needed
   */
  Future<ApiResponse> create(String id, DocumentWrite reservation);

  /** The response about a document created before; empty if it does not exist. */
  Future<Optional<ApiResponse>> existing(String id);
}
