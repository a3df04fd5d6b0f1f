package io.cta.server.api;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.ExecutionChanged;
import io.cta.bus.ExecutionRef;
import io.cta.domain.Execution;
import io.cta.json.Json;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.function.UnaryOperator;

/** What people do to an execution that is under way: end it, keep it. */
final class ExecutionControl {
  private static final long ASK_TIMEOUT = 5_000;

  private final Vertx vertx;
  private final Stores stores;
  private final Clock clock;

  ExecutionControl(Vertx vertx, Stores stores, Clock clock) {
    this.vertx = vertx;
    this.stores = stores;
    this.clock = clock;
  }

  void register(Operations operations) {
    operations.on("cancelExecution", this::cancel);
    operations.on("pinExecution", this::pin);
  }

  private Future<Answer> cancel(Call call) {
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
                            body.put("cancelRequestedAt", Instants.text(clock.instant()))
                                .put("cancelledBy", who)))
        .map(
            stored -> {
              if (!stored.value().state().terminal()) {
                // best effort: dispatch finds the wish in the store too
                Consumers.ask(vertx, Addresses.DISPATCH_CANCEL, new ExecutionRef(id), ASK_TIMEOUT);
              }
              return announced(202, stored);
            });
  }

  private Future<Answer> pin(Call call) {
    boolean pinned = call.body().getBoolean("pinned");
    return stores
        .executions
        .update(
            call.path("id"),
            execution ->
                execution.pinned() == pinned
                    ? execution
                    : changed(execution, body -> body.put("pinned", pinned)))
        .map(stored -> announced(200, stored));
  }

  private Answer announced(int status, Stored<Execution> stored) {
    Consumers.announce(
        vertx, Addresses.EXECUTION_CHANGED, new ExecutionChanged(stored.value(), stored.version()));
    return Answer.of(status, Json.toObject(stored.value()));
  }

  private static Execution changed(Execution execution, UnaryOperator<JsonObject> change) {
    return Json.fromObject(change.apply(Json.toObject(execution)), Execution.class);
  }
}
