package io.cta.server.api.executions;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ChangeFeed;
import io.cta.bus.ExecutionChanged;
import io.cta.bus.ExecutionRef;
import io.cta.domain.Execution;
import io.cta.json.JsonMapping;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.InstantFormat;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.server.view.executions.ExecutionView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.function.UnaryOperator;

/** What people do to an execution that is under way: end it, keep it. */
public final class ExecutionControl {
  private static final long ASK_TIMEOUT = 5_000;

  private final Vertx vertx;
  private final StoreRepositories stores;
  private final Clock clock;

  public ExecutionControl(Vertx vertx, StoreRepositories stores, Clock clock) {
    this.vertx = vertx;
    this.stores = stores;
    this.clock = clock;
  }

  public void register(OperationRegistry operations) {
    operations.on("cancelExecution", this::cancel);
    operations.on("pinExecution", this::pin);
  }

  private Future<ApiResponse> cancel(ApiRequest call) {
    String id = call.path("id");
    String who = call.who().name();
    return stores
        .executions
        .update(
            id,
            execution ->
                execution.state().terminal() || execution.cancelRequestedAt() != null
                    ? execution
                    : changed(
                        execution,
                        body ->
                            body.put("cancelRequestedAt", InstantFormat.text(clock.instant()))
                                .put("cancelledBy", who)))
        .map(
            versionedEntity -> {
              if (!versionedEntity.value().state().terminal()) {
                // best effort: dispatch finds the wish in the store too
                BusAdapter.ask(
                    vertx, BusAddresses.DISPATCH_CANCEL, new ExecutionRef(id), ASK_TIMEOUT);
              }
              return announced(202, versionedEntity);
            });
  }

  private Future<ApiResponse> pin(ApiRequest call) {
    boolean pinned = call.body().getBoolean("pinned");
    return stores
        .executions
        .update(
            call.path("id"),
            execution ->
                execution.pinned() == pinned
                    ? execution
                    : changed(execution, body -> body.put("pinned", pinned)))
        .map(versionedEntity -> announced(200, versionedEntity));
  }

  private ApiResponse announced(int status, VersionedEntity<Execution> versionedEntity) {
    ChangeFeed.announce(
        vertx, new ExecutionChanged(versionedEntity.value(), versionedEntity.version()));
    return ApiResponse.of(status, ExecutionView.of(versionedEntity.value()));
  }

  private static Execution changed(Execution execution, UnaryOperator<JsonObject> change) {
    return JsonMapping.fromObject(change.apply(JsonMapping.toObject(execution)), Execution.class);
  }
}
