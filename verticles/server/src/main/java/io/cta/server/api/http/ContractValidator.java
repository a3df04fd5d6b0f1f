package io.cta.server.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.cta.server.api.contract.ApiContract.OperationRule;
import io.cta.server.api.contract.FieldError;
import io.cta.server.api.contract.InvalidInput;
import io.cta.server.api.contract.OperationInput;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the parameters and the body of a request and checks both against the contract. All that is
 * wrong is told at once. On the event loop, which a small body holds up less than a worker thread
 * would take to be handed it.
 */
public final class ContractValidator implements Handler<RoutingContext> {
  /** From here on a body would hold up the other connections of its event loop. */
  static final int LARGE_BODY = 32 * 1024;

  private final WorkerExecutor threads;

  public ContractValidator(Vertx vertx) {
    threads = LargeBodyPool.of(vertx);
  }

  @Override
  public void handle(RoutingContext ctx) {
    OperationRule rule = ctx.get(ApiRequest.RULE);
    List<FieldError> errors = new ArrayList<>();
    Map<String, JsonNode> parameters =
        ParameterReader.read(ctx, rule.operation(), rule.input().parameters(), errors);
    Buffer sent = ctx.body() == null ? null : ctx.body().buffer();
    if (sent == null || sent.length() < LARGE_BODY) {
      finish(ctx, parameters, body(rule.input(), sent, errors), errors);
    } else {
      threads
          .executeBlocking(() -> body(rule.input(), sent, errors), false)
          .onSuccess(body -> finish(ctx, parameters, body, errors))
          .onFailure(ctx::fail);
    }
  }

  private static void finish(
      RoutingContext ctx,
      Map<String, JsonNode> parameters,
      JsonNode body,
      List<FieldError> errors) {
    if (errors.isEmpty()) {
      ctx.put(ApiRequest.INPUT, new ValidatedInput(parameters, body));
      ctx.next();
    } else {
      ctx.fail(new InvalidInput(errors));
    }
  }

  /** The body, null if there is none; what is wrong about it is added to the errors. */
  private static JsonNode body(OperationInput input, Buffer sent, List<FieldError> errors) {
    if (input.body() == null) {
      return null;
    }
    if (sent == null || sent.length() == 0) {
      if (input.bodyRequired()) {
        errors.add(new FieldError("", "is missing"));
      }
      return null;
    }
    JsonNode body = StrictJsonReader.read(sent.getBytes());
    errors.addAll(input.body().errors(body));
    return body;
  }
}
