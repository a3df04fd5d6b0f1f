package io.cta.server.api;

import io.cta.domain.Role;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Definitions as code: everything is checked, then whatever differs is written, all or nothing. */
final class ApplyResource {
  private final Kinds kinds;
  private final BatchReader reader;
  private final DefinitionChanges changes;

  ApplyResource(Kinds kinds, BatchReader reader, DefinitionChanges changes) {
    this.kinds = kinds;
    this.reader = reader;
    this.changes = changes;
  }

  void register(Operations operations) {
    operations.on("apply", this::apply);
  }

  private Future<Answer> apply(Call call) {
    JsonObject body = call.body();
    boolean dryRun = body.getBoolean("dryRun", false);
    JsonArray documents = body.getJsonArray("documents");
    return changes
        .decide(revision -> apply(call, documents, dryRun, revision))
        .map(batch -> Answer.ok(view(batch, dryRun)));
  }

  private Future<Batch> apply(
      Call call, JsonArray documents, boolean dryRun, DefinitionChanges.Revision revision) {
    return reader
        .read(documents)
        .compose(
            batch -> {
              mayWrite(call, batch);
              return batch
                  .check()
                  .compose(fine -> dryRun ? unchanged() : write(batch, revision))
                  .map(batch);
            });
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
  private Future<Void> write(Batch batch, DefinitionChanges.Revision revision) {
    List<Batch.Entry> changed = new ArrayList<>();
    for (Kind<?> kind : kinds.applicable()) {
      batch.entries().stream()
          .filter(entry -> entry.kind() == kind && !entry.action().equals("unchanged"))
          .forEach(changed::add);
    }
    return revision
        .write(changed.stream().map(Batch.Entry::write).toList())
        .compose(done -> after(changed));
  }

  private static Future<Void> after(List<Batch.Entry> changed) {
    Future<Void> done = unchanged();
    for (Batch.Entry entry : changed) {
      done = done.compose(before -> entry.kind().rules().changed(entry.next(), false));
    }
    return done;
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
