package io.cta.server.api;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Who answers which operation of the contract. */
final class Operations {
  private final Map<String, Handler<Call>> handlers = new HashMap<>();
  private final Idempotency idempotency;
  private final String prefix;

  /**
   * @param prefix what paths begin with where people reach the API
   */
  Operations(Idempotency idempotency, String prefix) {
    this.idempotency = idempotency;
    this.prefix = prefix;
  }

  void on(String operation, Function<Call, Future<Answer>> handler) {
    raw(operation, call -> answer(call, handler));
  }

  /** For operations that make something: the handler gets the id to give it. */
  void making(String operation, BiFunction<Call, String, Future<Answer>> handler) {
    on(operation, call -> idempotency.once(operation, call, id -> handler.apply(call, id)));
  }

  /** For handlers that write their answer themselves. */
  void raw(String operation, Handler<Call> handler) {
    if (handlers.put(operation, handler) != null) {
      throw new IllegalStateException("two handlers for " + operation);
    }
  }

  Map<String, Handler<Call>> handlers() {
    return handlers;
  }

  private void answer(Call call, Function<Call, Future<Answer>> handler) {
    Future<Answer> outcome;
    try {
      outcome = handler.apply(call);
    } catch (RuntimeException e) {
      outcome = Future.failedFuture(e);
    }
    outcome.onSuccess(answer -> send(call, answer)).onFailure(call.ctx::fail);
  }

  private void send(Call call, Answer answer) {
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
    if (answer.body() == null) {
      response.end();
    } else {
      response.putHeader("Content-Type", "application/json").end(answer.body().toBuffer());
    }
  }
}
