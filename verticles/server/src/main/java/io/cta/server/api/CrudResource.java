package io.cta.server.api;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.Json;
import io.cta.server.executions.Definitions;
import io.cta.server.executions.Named;
import io.cta.server.store.Document;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.Stored;
import io.cta.server.store.Write;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;

/** Create, read, replace, delete and list of one kind. */
final class CrudResource<T> {
  private final Kind<T> kind;
  private final DefinitionChanges changes;
  private final DocumentStore store;
  private final Lists lists;
  private final Clock clock;

  CrudResource(Kind<T> kind, DefinitionChanges changes, Clock clock) {
    this.kind = kind;
    this.changes = changes;
    this.store = changes.store();
    this.lists = new Lists(store);
    this.clock = clock;
  }

  void register(Operations operations) {
    operations.making("create" + kind.name(), this::create);
    registerWithoutCreate(operations);
  }

  void registerWithoutCreate(Operations operations) {
    operations.on("list" + kind.name() + "s", this::list);
    operations.on("get" + kind.name(), this::get);
    operations.on("replace" + kind.name(), this::replace);
    operations.on("delete" + kind.name(), this::delete);
  }

  private Future<Answer> list(Call call) {
    String sort = call.text("sort") == null ? "name" : call.text("sort");
    return KindFilter.of(kind, call)
        .compose(filter -> lists.page(call, kind.repository().spec(), filter, sort, kind::view));
  }

  private Future<Answer> get(Call call) {
    return find(call.path("id")).map(found -> answer(200, found.body(), found.version()));
  }

  private Future<Answer> create(Call call, String id) {
    JsonObject input = call.body();
    String now = Instants.text(clock.instant());
    input.put("id", id).put("createdAt", now).put("updatedAt", now);
    return kind.rules()
        .complete(input, null)
        .map(this::normal)
        .compose(next -> changes.decide(revision -> checked(id, next, revision)));
  }

  private Future<Answer> checked(String id, JsonObject next, DefinitionChanges.Revision revision) {
    return kind.rules()
        .check(typed(next), Definitions.STORED)
        .compose(fine -> insert(id, next, revision));
  }

  private Future<Answer> insert(String id, JsonObject next, DefinitionChanges.Revision revision) {
    return revision
        .write(new Write.Insert(kind.repository().spec(), id, next))
        .compose(
            outcome ->
                outcome == Write.Outcome.DONE
                    ? Future.succeededFuture(new Document(id, 1, next))
                    : store
                        .get(kind.repository().spec(), id)
                        .map(found -> found.orElseThrow(() -> nameTaken(next))))
        .map(
            document ->
                answer(201, document.body(), document.version())
                    .with("Location", "/api/v1/" + kind.path() + "/" + id));
  }

  private Future<Answer> replace(Call call) {
    return changes.decide(revision -> replace(call, revision));
  }

  private Future<Answer> replace(Call call, DefinitionChanges.Revision revision) {
    return find(call.path("id"))
        .compose(
            found -> {
              call.match(kind.rules().tag(found.body(), found.version()));
              JsonObject stored = found.body();
              JsonObject input = call.body().put("id", found.id());
              input.put("createdAt", stored.getValue("createdAt"));
              input.put("updatedAt", Instants.text(clock.instant()));
              return kind.rules()
                  .complete(input, stored)
                  .map(this::normal)
                  .compose(next -> allowed(call, stored, next))
                  .compose(next -> write(found, next, revision));
            });
  }

  private Future<JsonObject> allowed(Call call, JsonObject stored, JsonObject next) {
    boolean renamed = !next.getValue("name").equals(stored.getValue("name"));
    return kind.rules()
        .check(typed(next), Definitions.STORED)
        .compose(fine -> kind.rules().allow(call, stored, next))
        .compose(fine -> renamed ? unused(stored, "renamed") : Future.succeededFuture())
        .map(next);
  }

  private Future<Answer> write(
      Document found, JsonObject next, DefinitionChanges.Revision revision) {
    return revision
        .write(new Write.Replace(kind.repository().spec(), found.id(), found.version(), next))
        .compose(
            outcome ->
                outcome == Write.Outcome.DONE
                    ? kind.rules()
                        .changed(next, false)
                        .map(done -> answer(200, next, found.version() + 1))
                    : Future.failedFuture(nameTaken(next)));
  }

  private Future<Answer> delete(Call call) {
    return changes.decide(revision -> delete(call, revision));
  }

  private Future<Answer> delete(Call call, DefinitionChanges.Revision revision) {
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
                              new Write.Delete(
                                  kind.repository().spec(), found.id(), found.version())))
                  .compose(done -> kind.rules().changed(found.body(), true))
                  .map(done -> Answer.empty());
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

  private Future<Document> find(String key) {
    return store
        .get(kind.repository().spec(), key)
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(found)
                    : Named.find(kind.repository(), key).map(named -> named.map(this::document)))
        .map(found -> found.orElseThrow(() -> ServiceFailure.notFound(kind.noun(), key)));
  }

  private Document document(Stored<T> stored) {
    JsonObject body = Json.toObject(stored.value());
    return new Document(body.getString("id"), stored.version(), body);
  }

  private Answer answer(int status, JsonObject body, long version) {
    return Answer.of(status, kind.view(body)).tag(kind.rules().tag(body, version));
  }

  private T typed(JsonObject body) {
    return Json.fromObject(body, kind.type());
  }

  /** With every default written out and nothing the record does not know. */
  private JsonObject normal(JsonObject body) {
    return Json.toObject(typed(body));
  }

  private ServiceFailure nameTaken(JsonObject next) {
    return new ServiceFailure(
        ErrorCode.DUPLICATE,
        "there is a " + kind.noun() + " named " + next.getString("name") + " already");
  }
}
