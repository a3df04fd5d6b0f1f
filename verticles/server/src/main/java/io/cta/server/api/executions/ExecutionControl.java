package io.cta.server.api.executions;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ChangeFeed;
import io.cta.bus.ExecutionChanged;
import io.cta.bus.ExecutionRef;
import io.cta.domain.AskedExecution;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.server.view.executions.ExecutionView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;

/** Cancels and pins executions. */
public final class ExecutionControl {
  private static final long ASK_TIMEOUT_MILLIS = 5_000;

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
                    : ExecutionBuilder.builder(execution)
                        .cancelRequestedAt(clock.instant())
                        .cancelledBy(who)
                        .build())
        .compose(
            found -> {
              if (!found.value().state().terminal()) {
                // best effort: dispatch finds the request to cancel in the store too
                BusAdapter.ask(
                    vertx, BusAddresses.DISPATCH_CANCEL, new ExecutionRef(id), ASK_TIMEOUT_MILLIS);
              }
              return announced(202, found);
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
                    : ExecutionBuilder.builder(execution).pinned(pinned).build())
        .compose(found -> announced(200, found));
  }

  private Future<ApiResponse> announced(int status, VersionedEntity<Execution> changed) {
    ChangeFeed.announce(vertx, new ExecutionChanged(changed.value(), changed.version()));
    return stores
        .specs
        .get(changed.value().id())
        .map(spec -> new AskedExecution(changed.value(), spec))
        .map(asked -> ApiResponse.of(status, ExecutionView.of(asked)));
  }
}
