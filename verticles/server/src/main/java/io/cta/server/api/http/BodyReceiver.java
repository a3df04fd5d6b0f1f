package io.cta.server.api.http;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.api.contract.ApiContract;
import io.cta.server.api.contract.InvalidInput;
import io.cta.server.http.BodyBudget;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Refuses query parameters and bodies that the operation does not take; receives its body. */
public final class BodyReceiver implements Handler<RoutingContext> {
  private static final String JSON = "application/json";
  private static final String BYTES = "application/octet-stream";

  /** Of a body that is written as it comes this much is in memory at a time. */
  private static final long MAX_STREAMED_BYTES = 64 * 1024;

  /** For callers that are not authenticated: a login is small. */
  private static final long MAX_UNAUTHENTICATED_BYTES = 16 * 1024;

  private final long maxBody;
  private final BodyBudget budget;
  private final BodyHandler bodies;
  private final BodyHandler smallBodies;

  public BodyReceiver(long maxBody, BodyBudget budget) {
    this.maxBody = maxBody;
    this.budget = budget;
    bodies = BodyHandler.create(false).setBodyLimit(maxBody);
    smallBodies =
        BodyHandler.create(false).setBodyLimit(Math.min(maxBody, MAX_UNAUTHENTICATED_BYTES));
  }

  @Override
  public void handle(RoutingContext ctx) {
    ApiContract.OperationRule rule = ctx.get(ApiRequest.RULE);
    if (rule == null) {
      ctx.next();
      return;
    }
    for (Map.Entry<String, List<String>> given : QueryParameters.of(ctx).entrySet()) {
      if (!rule.input().takesQuery(given.getKey())) {
        throw new InvalidInput(given.getKey(), "is not a parameter of this operation");
      }
      if (given.getValue().size() > 1) {
        throw new InvalidInput(given.getKey(), "must be given once");
      }
    }
    if (rule.input().bytes()) {
      takeBytes(ctx);
      return;
    }
    if (rule.input().body() == null || !hasBody(ctx)) {
      ctx.next();
      return;
    }
    String type = ctx.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !mediaType(type).equals(JSON)) {
      throw new ServiceFailure(
          ErrorCode.UNSUPPORTED_MEDIA, "send the body as application/json, not " + type);
    }
    boolean open = rule.access().open();
    budget.admit(ctx, open ? MAX_UNAUTHENTICATED_BYTES : maxBody);
    (open ? smallBodies : bodies).handle(ctx);
  }

  /** Leaves the body to the operation, which takes no more of it at a time than it can write. */
  private void takeBytes(RoutingContext ctx) {
    String type = ctx.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !mediaType(type).equals(BYTES)) {
      throw new ServiceFailure(
          ErrorCode.UNSUPPORTED_MEDIA, "send the body as " + BYTES + ", not " + type);
    }
    budget.admit(ctx, MAX_STREAMED_BYTES);
    ctx.request().pause();
    ctx.next();
  }

  private static boolean hasBody(RoutingContext ctx) {
    String length = ctx.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null
        ? ctx.request().headers().contains(HttpHeaders.TRANSFER_ENCODING)
        : !length.equals("0");
  }

  private static String mediaType(String header) {
    int end = header.indexOf(';');
    return (end < 0 ? header : header.substring(0, end)).trim().toLowerCase(Locale.ROOT);
  }
}
