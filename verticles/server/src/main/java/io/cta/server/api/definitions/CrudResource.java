package io.cta.server.api.definitions;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.InstantText;
import io.cta.json.JsonMapping;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.ListPager;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.executions.DefinitionLookup;
import io.cta.server.executions.IdOrNameLookup;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoredDocument;
import io.cta.server.store.VersionedEntity;
import io.cta.server.view.OutwardView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Optional;

/** Creates, reads, replaces, deletes and lists documents of one kind. */
public final class CrudResource<T> {
  private final DefinitionKind<T> kind;
  private final DefinitionChanges changes;
  private final DocumentStore store;
  private final ListPager<T> listPager;
  private final Clock clock;

  public CrudResource(DefinitionKind<T> kind, DefinitionChanges changes, Clock clock) {
    this.kind = kind;
    this.changes = changes;
    this.store = changes.store();
    this.listPager = new ListPager<>(kind.repository(), kind::view);
    this.clock = clock;
  }

  public void register(OperationRegistry operations) {
    operations.making("create" + kind.name(), this::create, this::existing);
    registerWithoutCreate(operations);
  }

  public void registerWithoutCreate(OperationRegistry operations) {
    operations.on("list" + kind.name() + "s", this::list);
    operations.on("get" + kind.name(), this::get);
    operations.on("replace" + kind.name(), this::replace);
    operations.on("delete" + kind.name(), this::delete);
  }

  private Future<ApiResponse> list(ApiRequest call) {
    String sort = call.text("sort") == null ? "name" : call.text("sort");
    return DefinitionFilter.of(kind, call).compose(filter -> listPager.page(call, filter, sort));
  }

  private Future<ApiResponse> get(ApiRequest call) {
    return find(call.path("id")).map(found -> answer(200, found));
  }

  private Future<ApiResponse> create(ApiRequest call, String id, DocumentWrite reservation) {
    JsonObject written = call.body();
    JsonObject input = call.body();
    String now = InstantText.format(clock.instant());
    input.put("id", id).put("createdAt", now).put("updatedAt", now);
    return kind.rules()
        .complete(input, null)
        .map(this::normal)
        .compose(next -> changes.decide(revision -> checked(id, next, reservation, revision)))
        .map(document -> created(document, kind.created(typed(document), written)));
  }

  private Future<Optional<ApiResponse>> existing(String id) {
    return store
        .get(kind.repository().spec(), id)
        .map(found -> found.map(document -> created(document, kind.view(typed(document)))));
  }

  private Future<StoredDocument> checked(
      String id, JsonObject next, DocumentWrite reservation, DefinitionChanges.Revision revision) {
    return kind.rules()
        .check(typed(next), DefinitionLookup.STORED)
        .compose(fine -> insert(id, next, reservation, revision));
  }

  private Future<StoredDocument> insert(
      String id, JsonObject next, DocumentWrite reservation, DefinitionChanges.Revision revision) {
    return revision
        .write(reservation, new DocumentWrite.Insert(kind.repository().spec(), id, next))
        .compose(
            outcome ->
                outcome == DocumentWrite.Outcome.DONE
                    ? Future.succeededFuture(new StoredDocument(id, 1, next))
                    : store
                        .get(kind.repository().spec(), id)
                        .map(found -> found.orElseThrow(() -> nameTaken(next))));
  }

  private ApiResponse created(StoredDocument document, OutwardView view) {
    return answer(201, document, view)
        .with("Location", "/api/v1/" + kind.path() + "/" + document.id());
  }

  private Future<ApiResponse> replace(ApiRequest call) {
    return changes.decide(revision -> replace(call, revision));
  }

  private Future<ApiResponse> replace(ApiRequest call, DefinitionChanges.Revision revision) {
    return find(call.path("id"))
        .compose(
            found -> {
              call.match(kind.rules().tag(found.body(), found.version()));
              JsonObject stored = found.body();
              JsonObject input = call.body().put("id", found.id());
              input.put("createdAt", stored.getValue("createdAt"));
              input.put("updatedAt", InstantText.format(clock.instant()));
              return kind.rules()
                  .complete(input, stored)
                  .map(this::normal)
                  .compose(next -> allowed(call, stored, next))
                  .compose(next -> write(found, next, revision));
            });
  }

  private Future<JsonObject> allowed(ApiRequest call, JsonObject stored, JsonObject next) {
    boolean renamed = !next.getValue("name").equals(stored.getValue("name"));
    return kind.rules()
        .check(typed(next), DefinitionLookup.STORED)
        .compose(fine -> kind.rules().allow(call, stored, next))
        .compose(fine -> renamed ? unused(stored, "renamed") : Future.succeededFuture())
        .map(next);
  }

  private Future<ApiResponse> write(
      StoredDocument found, JsonObject next, DefinitionChanges.Revision revision) {
    return revision
        .write(
            new DocumentWrite.Replace(kind.repository().spec(), found.id(), found.version(), next))
        .compose(
            outcome ->
                outcome == DocumentWrite.Outcome.DONE
                    ? kind.rules()
                        .changed(next, false)
                        .map(
                            done ->
                                answer(
                                    200, new StoredDocument(found.id(), found.version() + 1, next)))
                    : Future.failedFuture(nameTaken(next)));
  }

  private Future<ApiResponse> delete(ApiRequest call) {
    return changes.decide(revision -> delete(call, revision));
  }

  private Future<ApiResponse> delete(ApiRequest call, DefinitionChanges.Revision revision) {
    return find(call.path("id"))
        .compose(
            found -> {
              if (call.header("If-Match") != null) {
                call.match(kind.rules().tag(found.body(), found.version()));
              }
              return unused(found.body(), "deleted")
                  .compose(fine -> kind.rules().allow(call, found.body(), null))
                  .compose(
                      fine ->
                          revision.write(
                              new DocumentWrite.Delete(
                                  kind.repository().spec(), found.id(), found.version())))
                  .compose(done -> kind.rules().changed(found.body(), true))
                  .map(done -> ApiResponse.empty());
            });
  }

  private Future<Void> unused(JsonObject stored, String what) {
    return kind.rules()
        .usedBy(stored)
        .map(
            users -> {
              if (!users.isEmpty()) {
                throw new ServiceFailure(
                    ErrorCode.CONFLICT,
                    "cannot be " + what + ", it is used by " + String.join(", ", users));
              }
              return null;
            });
  }

  private Future<StoredDocument> find(String key) {
    return store
        .get(kind.repository().spec(), key)
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(found)
                    : IdOrNameLookup.find(kind.repository(), key)
                        .map(named -> named.map(this::document)))
        .map(found -> found.orElseThrow(() -> ServiceFailure.notFound(kind.noun(), key)));
  }

  private StoredDocument document(VersionedEntity<T> stored) {
    JsonObject body = JsonMapping.toObject(stored.value());
    return new StoredDocument(body.getString("id"), stored.version(), body);
  }

  private ApiResponse answer(int status, StoredDocument document) {
    return answer(status, document, kind.view(typed(document)));
  }

  private ApiResponse answer(int status, StoredDocument document, OutwardView view) {
    return ApiResponse.of(status, view).tag(kind.rules().tag(document.body(), document.version()));
  }

  private T typed(StoredDocument document) {
    return document.content().as(kind.type());
  }

  private T typed(JsonObject body) {
    return JsonMapping.fromObject(body, kind.type());
  }

  /** The body with every default written out and without unknown fields. */
  private JsonObject normal(JsonObject body) {
    return JsonMapping.toObject(typed(body));
  }

  private ServiceFailure nameTaken(JsonObject next) {
    return new ServiceFailure(
        ErrorCode.DUPLICATE,
        "there is a " + kind.noun() + " named " + next.getString("name") + " already");
  }
}
