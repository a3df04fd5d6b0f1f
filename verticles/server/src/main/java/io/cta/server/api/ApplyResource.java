package io.cta.server.api;

import io.cta.domain.Role;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.Write;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Definitions as code: everything is checked, then whatever differs is written. */
final class ApplyResource {
  private final Kinds kinds;
  private final BatchReader reader;
  private final DocumentStore store;

  ApplyResource(Kinds kinds, BatchReader reader, DocumentStore store) {
    this.kinds = kinds;
    this.reader = reader;
    this.store = store;
  }

  void register(Operations operations) {
    operations.on("apply", this::apply);
  }

  private Future<Answer> apply(Call call) {
    JsonObject body = call.body();
    boolean dryRun = body.getBoolean("dryRun", false);
    return reader
        .read(body.getJsonArray("documents"))
        .compose(
            batch -> {
              mayWrite(call, batch);
              return batch.check().compose(fine -> dryRun ? unchanged() : write(batch)).map(batch);
            })
        .map(batch -> Answer.ok(view(batch, dryRun)));
  }

  private void mayWrite(Call call, Batch batch) {
    boolean groups =
        batch.entries().stream().anyMatch(e -> e.kind() == kinds.groups && !e.diff().isEmpty());
    if (groups && !call.who().role().covers(Role.ADMIN)) {
      throw new ServiceFailure(ErrorCode.FORBIDDEN, "groups need the role admin");
    }
  }

  private static Future<Void> unchanged() {
    return Future.succeededFuture();
  }

  /** In the order of the kinds, so that what is named is there before who names it. */
  private Future<Void> write(Batch batch) {
    List<Batch.Entry> changed = new ArrayList<>();
    for (Kind<?> kind : kinds.applicable()) {
      batch.entries().stream()
          .filter(entry -> entry.kind() == kind && !entry.action().equals("unchanged"))
          .forEach(changed::add);
    }
    if (changed.isEmpty()) {
      return unchanged();
    }
    return store
        .apply(changed.stream().map(Batch.Entry::write).toList())
        .compose(outcomes -> after(changed, outcomes));
  }

  private static Future<Void> after(List<Batch.Entry> changed, List<Write.Outcome> outcomes) {
    Future<Void> done = Future.succeededFuture();
    List<String> lost = new ArrayList<>();
    for (int i = 0; i < changed.size(); i++) {
      Batch.Entry entry = changed.get(i);
      if (outcomes.get(i) == Write.Outcome.DONE) {
        done = done.compose(before -> entry.kind().rules().changed(entry.next(), false));
      } else {
        lost.add(entry.kind().name() + " " + entry.name());
      }
    }
    return done.compose(
        all ->
            lost.isEmpty()
                ? unchanged()
                : Future.failedFuture(
                    new ServiceFailure(
                        ErrorCode.CONFLICT,
                        "changed by somebody else at the same time, apply again: "
                            + String.join(", ", lost))));
  }

  private static JsonObject view(Batch batch, boolean dryRun) {
    JsonArray documents = new JsonArray();
    for (Batch.Entry entry : batch.entries()) {
      documents.add(
          new JsonObject()
              .put("kind", entry.kind().name())
              .put("name", entry.name())
              .put("action", entry.action())
              .put("changes", new JsonArray(entry.diff())));
    }
    return new JsonObject().put("dryRun", dryRun).put("documents", documents);
  }
}
