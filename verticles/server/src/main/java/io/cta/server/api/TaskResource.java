package io.cta.server.api;

import io.cta.error.ServiceFailure;
import io.cta.server.store.Collections;
import io.cta.server.store.Stores;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** A single task. */
final class TaskResource {
  private final Stores stores;

  TaskResource(Stores stores) {
    this.stores = stores;
  }

  void register(Operations operations) {
    operations.on("getTask", this::get);
  }

  private Future<Answer> get(Call call) {
    String id = call.path("taskId");
    return stores
        .documents
        .get(Collections.TASKS, id)
        .map(found -> found.orElseThrow(() -> ServiceFailure.notFound("task", id)))
        .map(found -> Answer.ok(view(found.body())).tag(String.valueOf(found.version())));
  }

  /** Without the word that lets an agent speak for the attempt. */
  static JsonObject view(JsonObject stored) {
    JsonObject copy = stored.copy();
    copy.remove("token");
    return copy;
  }
}
