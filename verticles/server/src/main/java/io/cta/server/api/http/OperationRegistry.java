package io.cta.server.api.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Maps operations of the contract to their handlers. */
public final class OperationRegistry {
  private final Map<String, Handler<ApiRequest>> handlers = new HashMap<>();
  private final IdempotencyHandler idempotencyHandler;
  private final String prefix;

  /**
   * @param prefix what paths begin with at the address where people reach the API
   */
  public OperationRegistry(IdempotencyHandler idempotencyHandler, String prefix) {
    this.idempotencyHandler = idempotencyHandler;
    this.prefix = prefix;
  }

  public void on(String operation, Function<ApiRequest, Future<ApiResponse>> handler) {
    raw(operation, call -> answer(call, handler));
  }

  /** For operations that create something. */
  public void making(
      String operation,
      ReservedCreation.CreateHandler handler,
      ReservedCreation.ExistingLookup lookup) {
    on(
        operation,
        call -> idempotencyHandler.once(operation, new ReservedCreation(call, handler, lookup)));
  }

  /** For handlers that write the response themselves. */
  public void raw(String operation, Handler<ApiRequest> handler) {
    if (handlers.put(operation, handler) != null) {
      throw new IllegalStateException("two handlers for " + operation);
    }
  }

  public Map<String, Handler<ApiRequest>> handlers() {
    return handlers;
  }

  private void answer(ApiRequest call, Function<ApiRequest, Future<ApiResponse>> handler) {
    Future<ApiResponse> outcome;
    try {
      outcome = handler.apply(call);
    } catch (RuntimeException e) {
      outcome = Future.failedFuture(e);
    }
    outcome.onSuccess(answer -> send(call, answer)).onFailure(call.ctx::fail);
  }

  private void send(ApiRequest call, ApiResponse answer) {
    var response = call.ctx.response();
    if (response.closed() || response.ended()) {
      return;
    }
    response.setStatusCode(answer.status()).putHeader("Cache-Control", "no-store");
    answer
        .headers()
        .forEach(
            (name, value) ->
                response.putHeader(name, name.equals("Location") ? prefix + value : value));
    if (answer.bytes() == null) {
      response.end();
    } else {
      response.putHeader("Content-Type", "application/json").end(answer.bytes());
    }
  }
}
