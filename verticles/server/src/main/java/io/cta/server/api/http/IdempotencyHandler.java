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
import java.util.Optional;
import java.util.function.Function;

/**
 * Carries out a create with an {@code Idempotency-Key} only once. The id of the new document is
 * stored before the document: a repeat after a crash in between uses the same id, and creates no
 * second one.
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

  /** Returns the result of {@code make} for a new id, or its first result for a repeated key. */
  Future<ApiResponse> once(
      String operation, ApiRequest call, Function<String, Future<ApiResponse>> make) {
    String key = call.header("Idempotency-Key");
    if (key == null) {
      return make.apply(IdGenerator.next());
    }
    sweep();
    return reserve(rowId(operation, call, key), TokenText.digest(call.body().encode()), make);
  }

  /** As {@link #once}, but the key is reserved by the same write that creates the document. */
  Future<ApiResponse> once(String operation, ApiRequest call, ReservedCreation creation) {
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
    Optional<ApiResponse> kept = kept(first); // servers of earlier versions stored the response
    if (kept.isPresent()) {
      return Future.succeededFuture(kept.get());
    }
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

  private Future<ApiResponse> reserve(
      String id, String request, Function<String, Future<ApiResponse>> make) {
    String entity = IdGenerator.next();
    JsonObject body = row(id, request, entity);
    return store
        .apply(List.of(new DocumentWrite.Insert(StoreCollections.IDEMPOTENCY, id, body)))
        .compose(
            outcome ->
                outcome.get(0) == DocumentWrite.Outcome.DONE
                    ? carryOut(new StoredDocument(id, 1, body), make)
                    : repeated(id, request, make));
  }

  private Future<ApiResponse> repeated(
      String id, String request, Function<String, Future<ApiResponse>> make) {
    return store
        .get(StoreCollections.IDEMPOTENCY, id)
        .compose(
            found -> {
              if (found.isEmpty()) {
                return reserve(id, request, make);
              }
              StoredDocument first = found.get();
              if (isOver(first)) {
                return delete(first).compose(gone -> reserve(id, request, make));
              }
              checkSame(first, request);
              return kept(first)
                  .map(Future::succeededFuture)
                  .orElseGet(() -> carryOut(first, make));
            });
  }

  private Future<ApiResponse> carryOut(
      StoredDocument reserved, Function<String, Future<ApiResponse>> make) {
    Future<ApiResponse> made;
    try {
      made = make.apply(reserved.body().getString("entity"));
    } catch (RuntimeException e) {
      made = Future.failedFuture(e);
    }
    return made.compose(
        answer ->
            answer.keepable() ? keep(reserved, answer).map(answer) : Future.succeededFuture(answer),
        refusal -> delete(reserved).transform(gone -> Future.failedFuture(refusal)));
  }

  private Future<Void> keep(StoredDocument reserved, ApiResponse answer) {
    JsonObject headers = new JsonObject();
    answer.headers().forEach(headers::put);
    JsonObject body =
        reserved
            .body()
            .copy()
            .put(
                "answer",
                new JsonObject()
                    .put("status", answer.status())
                    .put("headers", headers)
                    .put("body", answer.body()));
    return store
        .apply(
            List.of(
                new DocumentWrite.Replace(
                    StoreCollections.IDEMPOTENCY, reserved.id(), reserved.version(), body)))
        .mapEmpty();
  }

  private static Optional<ApiResponse> kept(StoredDocument document) {
    return Optional.ofNullable(document.body().getJsonObject("answer"))
        .map(
            answer -> {
              ApiResponse first =
                  ApiResponse.of(answer.getInteger("status"), answer.getJsonObject("body"));
              for (var header : answer.getJsonObject("headers")) {
                first = first.with(header.getKey(), (String) header.getValue());
              }
              return first;
            });
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
