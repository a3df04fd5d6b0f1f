package io.cta.server.api.definitions;

import io.cta.server.access.AccessAction;
import io.cta.server.access.AccessDecision;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.view.definitions.AppliedDocumentView;
import io.cta.server.view.definitions.AppliedView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Applies definitions as code: checks everything, then writes what differs, all or nothing. */
public final class ApplyResource {
  private final DefinitionKinds kinds;
  private final DefinitionBatchReader reader;
  private final DefinitionChanges changes;

  public ApplyResource(
      DefinitionKinds kinds, DefinitionBatchReader reader, DefinitionChanges changes) {
    this.kinds = kinds;
    this.reader = reader;
    this.changes = changes;
  }

  public void register(OperationRegistry operations) {
    operations.on("apply", this::apply);
  }

  private Future<ApiResponse> apply(ApiRequest call) {
    JsonObject body = call.body();
    boolean dryRun = body.getBoolean("dryRun", false);
    JsonArray documents = body.getJsonArray("documents");
    return changes
        .decide(revision -> apply(call, documents, dryRun, revision))
        .map(batch -> ApiResponse.ok(view(batch, dryRun)));
  }

  private Future<DefinitionBatch> apply(
      ApiRequest call, JsonArray documents, boolean dryRun, DefinitionChanges.Revision revision) {
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

  private void mayWrite(ApiRequest call, DefinitionBatch batch) {
    boolean groups =
        batch.entries().stream().anyMatch(e -> e.kind() == kinds.groups && e.changed());
    if (groups) {
      AccessDecision.require(call.who(), AccessAction.CHANGE_GROUPS, "groups need the role admin");
    }
  }

  private static Future<Void> unchanged() {
    return Future.succeededFuture();
  }

  /** Writes in the order of the kinds, so that a document is there before others refer to it. */
  private Future<Void> write(DefinitionBatch batch, DefinitionChanges.Revision revision) {
    List<DefinitionBatch.Entry> changed = new ArrayList<>();
    for (DefinitionKind<?> kind : kinds.applicable()) {
      batch.entries().stream()
          .filter(entry -> entry.kind() == kind && !entry.action().equals("unchanged"))
          .forEach(changed::add);
    }
    return revision
        .write(changed.stream().map(DefinitionBatch.Entry::write).toList())
        .compose(done -> after(changed));
  }

  private static Future<Void> after(List<DefinitionBatch.Entry> changed) {
    Future<Void> done = unchanged();
    for (DefinitionBatch.Entry entry : changed) {
      done = done.compose(before -> entry.kind().rules().changed(entry.next(), false));
    }
    return done;
  }

  private static AppliedView view(DefinitionBatch batch, boolean dryRun) {
    return new AppliedView(dryRun, batch.entries().stream().map(ApplyResource::view).toList());
  }

  private static AppliedDocumentView view(DefinitionBatch.Entry entry) {
    return new AppliedDocumentView(
        entry.kind().name(),
        entry.name(),
        entry.action(),
        entry.diff(),
        entry.kind().next(entry.next()));
  }
}
