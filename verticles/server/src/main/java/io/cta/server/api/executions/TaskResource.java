package io.cta.server.api.executions;

import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.executions.TaskView;
import io.vertx.core.Future;

/** Serves a single task. */
public final class TaskResource {
  private final StoreRepositories stores;

  public TaskResource(StoreRepositories stores) {
    this.stores = stores;
  }

  public void register(OperationRegistry operations) {
    operations.on("getTask", this::get);
  }

  private Future<ApiResponse> get(ApiRequest call) {
    return stores
        .tasks
        .get(call.path("taskId"))
        .map(
            found ->
                ApiResponse.ok(TaskView.of(found.value())).tag(String.valueOf(found.version())));
  }
}
