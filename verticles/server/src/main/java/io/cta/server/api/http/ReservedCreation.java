package io.cta.server.api.http;

import io.cta.server.store.DocumentWrite;
import io.vertx.core.Future;
import java.util.Optional;

/** A create that stores the reservation of its {@code Idempotency-Key} with what it makes. */
public record ReservedCreation(ApiRequest call, CreateHandler handler, ExistingLookup lookup) {

  /** Creates what a request asks for. */
  @FunctionalInterface
  public interface CreateHandler {
    /**
     * Creates the document with that id; fails with {@link io.cta.server.store.ReservationTaken}
     * when somebody else has reserved the key.
     *
     * @param reservation to be written before everything else; null when none is needed
     */
    Future<ApiResponse> create(ApiRequest call, String id, DocumentWrite reservation);
  }

  /** Finds what a create has made before. */
  @FunctionalInterface
  public interface ExistingLookup {
    /** The response about the document with that id; empty if it does not exist. */
    Future<Optional<ApiResponse>> existing(String id);
  }

  Future<ApiResponse> create(String id, DocumentWrite reservation) {
    return handler.create(call, id, reservation);
  }

  Future<Optional<ApiResponse>> existing(String id) {
    return lookup.existing(id);
  }
}
