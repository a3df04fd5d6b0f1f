package io.cta.server.api.http;

import io.cta.domain.IdGenerator;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.InstantText;
import io.cta.server.security.TokenText;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.ReservationTaken;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoredDocument;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Carries out a create with an {@code Idempotency-Key} only once. The key's row has a digest of the
 * request and the id of the new document, and is stored by the write that creates it.
 */
public final class IdempotencyHandler {
  static final Duration KEY_LIFETIME = Duration.ofDays(1);

  private static final Duration SWEEP_EVERY = Duration.ofMinutes(10);
  private static final int SWEEP_LIMIT = 1000;

  private final DocumentStore store;
  private final Clock clock;
  private volatile Instant swept = Instant.EPOCH;

  public IdempotencyHandler(DocumentStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Creates the document, or answers a repeated key with how the first one's stands now. */
  Future<ApiResponse> once(String operation, ReservedCreation creation) {
    ApiRequest call = creation.call();
    String key = call.header("Idempotency-Key");
    if (key == null) {
      return creation.create(IdGenerator.next(), null);
    }
    sweep();
    return reserved(rowId(operation, call, key), TokenText.digest(call.body().encode()), creation);
  }

  private Future<ApiResponse> reserved(String id, String request, ReservedCreation creation) {
    String entity = IdGenerator.next();
    DocumentWrite reservation =
        new DocumentWrite.Insert(StoreCollections.IDEMPOTENCY, id, row(id, request, entity));
    return creation
        .create(entity, reservation)
        .recover(
            failure ->
                store
                    .get(StoreCollections.IDEMPOTENCY, id)
                    .compose(
                        first ->
                            first.isPresent()
                                ? repeated(first.get(), request, creation)
                                : failure instanceof ReservationTaken
                                    ? reserved(id, request, creation)
                                    : Future.failedFuture(failure)));
  }

  private Future<ApiResponse> repeated(
      StoredDocument first, String request, ReservedCreation creation) {
    if (isOver(first)) {
      return delete(first).compose(gone -> reserved(first.id(), request, creation));
    }
    checkSame(first, request);
    String entity = first.body().getString("entity");
    return creation
        .existing(entity)
        .compose(
            made ->
                made.isPresent()
                    ? Future.succeededFuture(made.get())
                    : creation.create(entity, null));
  }

  private static void checkSame(StoredDocument first, String request) {
    if (!first.body().getString("request").equals(request)) {
      throw new ServiceFailure(
          ErrorCode.CONFLICT, "the Idempotency-Key was used for another request");
    }
  }

  private static String rowId(String operation, ApiRequest call, String key) {
    String who = call.who().userId() == null ? call.who().name() : call.who().userId();
    return TokenText.digest(who + "\n" + operation + "\n" + call.ctx.request().path() + "\n" + key);
  }

  private JsonObject row(String id, String request, String entity) {
    return new JsonObject()
        .put("id", id)
        .put("at", InstantText.format(clock.instant()))
        .put("request", request)
        .put("entity", entity);
  }

  /**
   * Deletes some expired keys, at most every SWEEP_EVERY; a failed delete is tried again next time.
   */
  private void sweep() {
    Instant now = clock.instant();
    if (now.isBefore(swept.plus(SWEEP_EVERY))) {
      return;
    }
    swept = now;
    DocumentFilter old =
        DocumentFilter.ALL.and(
            "at", DocumentFilter.Op.LT, InstantText.format(now.minus(KEY_LIFETIME)));
    store
        .find(DocumentQuery.of(StoreCollections.IDEMPOTENCY, old, SWEEP_LIMIT))
        .map(
            page ->
                page.items().stream()
                    .<DocumentWrite>map(
                        d ->
                            new DocumentWrite.Delete(
                                StoreCollections.IDEMPOTENCY, d.id(), d.version()))
                    .toList())
        .compose(writes -> writes.isEmpty() ? Future.succeededFuture() : store.apply(writes));
  }

  private boolean isOver(StoredDocument document) {
    return Instant.parse(document.body().getString("at"))
        .plus(KEY_LIFETIME)
        .isBefore(clock.instant());
  }

  private Future<Void> delete(StoredDocument document) {
    return store
        .apply(
            List.of(
                new DocumentWrite.Delete(
                    StoreCollections.IDEMPOTENCY, document.id(), document.version())))
        .mapEmpty();
  }
}
