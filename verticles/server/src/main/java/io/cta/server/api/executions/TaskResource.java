package io.cta.server.api.executions;

import io.cta.error.ServiceFailure;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** A single task. */
public final class TaskResource {
  private final StoreRepositories stores;

  public TaskResource(StoreRepositories stores) {
    this.stores = stores;
  }

  public void register(OperationRegistry operations) {
    operations.on("getTask", this::get);
  }

  private Future<ApiResponse> get(ApiRequest call) {
    String id = call.path("taskId");
    return stores
        .documents
        .get(StoreCollections.TASKS, id)
        .map(found -> found.orElseThrow(() -> ServiceFailure.notFound("task", id)))
        .map(found -> ApiResponse.ok(view(found.body())).tag(String.valueOf(found.version())));
  }

  /** Without the word that lets an agent speak for the attempt. */
  static JsonObject view(JsonObject stored) {
    JsonObject copy = stored.copy();
    copy.remove("token");
    return copy;
  }
}
