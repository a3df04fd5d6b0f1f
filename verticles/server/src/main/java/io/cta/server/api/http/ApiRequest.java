package io.cta.server.api.http;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.access.AuthenticatedPrincipal;
import io.cta.server.http.ClientAddress;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.List;

/** A request whose parameters and body follow the contract. Event loop of its connection only. */
public final class ApiRequest {
  public static final String RULE = "cta.rule";
  public static final String PRINCIPAL = "cta.principal";

  public final RoutingContext ctx;
  private final ValidatedRequest request;

  public ApiRequest(RoutingContext ctx) {
    this.ctx = ctx;
    this.request = ctx.get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST);
  }

  public AuthenticatedPrincipal who() {
    return ctx.get(PRINCIPAL);
  }

  /** A path parameter, decoded. */
  public String path(String name) {
    return request.getPathParameters().get(name).getString();
  }

  /** A copy of the body; an absent one is empty. */
  public JsonObject body() {
    RequestParameter body = request.getBody();
    return body == null || body.isNull() ? new JsonObject() : body.getJsonObject().copy();
  }

  public String text(String name) {
    RequestParameter value = query(name);
    return value == null ? null : value.getString();
  }

  public long number(String name, long otherwise) {
    RequestParameter value = query(name);
    return value == null ? otherwise : value.getLong();
  }

  public Boolean flag(String name) {
    RequestParameter value = query(name);
    return value == null ? null : value.getBoolean();
  }

  public List<Object> words(String name) {
    RequestParameter value = query(name);
    JsonArray words = value == null ? new JsonArray() : value.getJsonArray();
    return words.stream().toList();
  }

  public String header(String name) {
    return ctx.request().getHeader(name);
  }

  /** The client address for which limits are counted. */
  public String address() {
    return ClientAddress.of(ctx.request().remoteAddress());
  }

  /** Checks If-Match, which is required, against the tag of the stored document. */
  public void match(String stored) {
    String wanted = header("If-Match");
    if (wanted == null) {
      throw new ServiceFailure(
          ErrorCode.PRECONDITION_REQUIRED, "send If-Match with the ETag of the last read");
    }
    if (!EntityTags.any(wanted, stored)) {
      throw new ServiceFailure(
          ErrorCode.STALE, "it was changed since it was read, its ETag is now \"" + stored + "\"");
    }
  }

  private RequestParameter query(String name) {
    RequestParameter value = request.getQuery().get(name);
    return value == null || value.isNull() ? null : value;
  }
}
