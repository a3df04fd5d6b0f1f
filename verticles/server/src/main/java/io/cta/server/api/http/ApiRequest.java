package io.cta.server.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.access.AuthenticatedPrincipal;
import io.cta.server.http.ClientAddress;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.stream.StreamSupport;

/** A request whose parameters and body follow the contract. Event loop of its connection only. */
public final class ApiRequest {
  public static final String RULE = "cta.rule";
  public static final String PRINCIPAL = "cta.principal";
  static final String INPUT = "cta.input";

  public final RoutingContext ctx;
  private final ValidatedInput input;

  public ApiRequest(RoutingContext ctx) {
    this.ctx = ctx;
    this.input = ctx.get(INPUT);
  }

  public AuthenticatedPrincipal who() {
    return ctx.get(PRINCIPAL);
  }

  /** A path parameter, decoded. */
  public String path(String name) {
    return text(name);
  }

  /** A copy of the body; an absent one is empty. */
  public JsonObject body() {
    return input.object();
  }

  public String text(String name) {
    JsonNode value = input.parameters().get(name);
    return value == null ? null : value.textValue();
  }

  public long number(String name, long otherwise) {
    JsonNode value = input.parameters().get(name);
    return value == null ? otherwise : value.longValue();
  }

  public Boolean flag(String name) {
    JsonNode value = input.parameters().get(name);
    return value == null ? null : value.booleanValue();
  }

  public List<Object> words(String name) {
    JsonNode words = input.parameters().get(name);
    return words == null
        ? List.of()
        : StreamSupport.stream(words.spliterator(), false)
            .<Object>map(JsonNode::textValue)
            .toList();
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
}
