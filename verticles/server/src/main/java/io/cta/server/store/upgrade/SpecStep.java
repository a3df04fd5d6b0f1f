package io.cta.server.store.upgrade;

import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoredDocument;
import io.cta.server.store.WriteStep;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the snapshot out of each execution into a spec of its own. The spec is stored before the
 * snapshot goes; the execution keeps how long it may run.
 */
final class SpecStep implements UpgradeStep {
  @Override
  public String name() {
    return "what was asked of executions, apart from how they stand";
  }

  @Override
  public Future<Page> page(DocumentStore store, String after, int limit) {
    DocumentQuery all = DocumentQuery.of(StoreCollections.EXECUTIONS, DocumentFilter.ALL, limit);
    return store
        .find(after == null ? all : all.after(after))
        .compose(
            page -> {
              List<DocumentWrite> specs = new ArrayList<>();
              List<DocumentWrite> headers = new ArrayList<>();
              for (StoredDocument execution : page.items()) {
                if (execution.body().getJsonObject("snapshot") != null) {
                  specs.add(spec(execution));
                  headers.add(header(execution));
                }
              }
              // one that lost was changed by another server that does the same
              return store
                  .applySteps(List.of(new WriteStep(specs, false), new WriteStep(headers, false)))
                  .map(new Page(page.next(), page.items().size()));
            });
  }

  private static DocumentWrite spec(StoredDocument execution) {
    JsonObject body = execution.body();
    JsonObject spec =
        new JsonObject()
            .put("id", execution.id())
            .put("snapshot", body.getJsonObject("snapshot"))
            .put("requestedBy", body.getString("requestedBy"))
            .put("requestedAt", body.getString("requestedAt"));
    if (body.getString("rerunOf") != null) {
      spec.put("rerunOf", body.getString("rerunOf"));
    }
    return new DocumentWrite.Insert(StoreCollections.EXECUTION_SPECS, execution.id(), spec);
  }

  private static DocumentWrite header(StoredDocument execution) {
    JsonObject header = execution.body().copy();
    JsonObject snapshot = (JsonObject) header.remove("snapshot");
    JsonObject scenario = snapshot.getJsonObject("scenario", new JsonObject());
    String running = scenario.getJsonObject("timeouts", new JsonObject()).getString("running");
    if (running != null) {
      header.put("running", running);
    }
    return new DocumentWrite.Replace(
        StoreCollections.EXECUTIONS, execution.id(), execution.version(), header);
  }
}
