package io.cta.server.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.api.contract.ApiContract;
import io.cta.server.api.contract.InvalidInput;
import io.cta.server.http.BodyBudget;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads a request's query and body; refuses them if malformed or too large. */
public final class RequestInputValidator {
  static final String JSON = "application/json";

  /** Real definitions are nested only a few levels deep. */
  private static final int MAX_DEPTH = 100;

  private static final JsonFactory STRICT =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(100)
                  .maxNameLength(65_536)
                  .build())
          .build();

  /** For callers that are not authenticated: a login is small. */
  private static final long MAX_UNAUTHENTICATED_BYTES = 16 * 1024;

  private final long maxBody;
  private final BodyBudget budget;
  private final BodyHandler bodies;
  private final BodyHandler smallBodies;

  public RequestInputValidator(long maxBody, BodyBudget budget) {
    this.maxBody = maxBody;
    this.budget = budget;
    bodies = BodyHandler.create(false).setBodyLimit(maxBody);
    smallBodies =
        BodyHandler.create(false).setBodyLimit(Math.min(maxBody, MAX_UNAUTHENTICATED_BYTES));
  }

  /** Refuses query parameters and media types that the contract does not have. */
  public void query(RoutingContext ctx) {
    ApiContract.OperationRule rule = ctx.get(ApiRequest.RULE);
    if (rule == null) {
      ctx.next();
      return;
    }
    for (Map.Entry<String, List<String>> given : QueryParameters.of(ctx).entrySet()) {
      if (!rule.query().containsKey(given.getKey())) {
        throw new InvalidInput(given.getKey(), "is not a parameter of this operation");
      }
      if (given.getValue().size() > 1) {
        throw new InvalidInput(given.getKey(), "must be given once");
      }
    }
    if (rule.operation().getRequestBody() == null || !hasBody(ctx)) {
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

  /** Refuses a body that is not valid JSON, and says where the error is. */
  public void json(RoutingContext ctx) {
    Buffer body = ctx.body() == null ? null : ctx.body().buffer();
    if (body != null && body.length() > 0) {
      check(body.getBytes());
    }
    ctx.next();
  }

  private static void check(byte[] body) {
    try (JsonParser parser = STRICT.createParser(body)) {
      int depth = 0;
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.VALUE_STRING
            || parser.currentToken() == JsonToken.FIELD_NAME) {
          text(parser);
        }
        if (parser.currentToken().isStructStart()) {
          depth++;
        } else if (parser.currentToken().isStructEnd()) {
          depth--;
        }
        if (depth == 0 && parser.nextToken() != null) {
          throw new InvalidInput("", "must be one JSON value");
        }
      }
    } catch (JsonProcessingException e) {
      throw new InvalidInput("", "is not JSON" + place(e.getLocation()) + e.getOriginalMessage());
    } catch (IOException e) {
      throw new InvalidInput("", "cannot be read");
    }
  }

  private static String place(JsonLocation at) {
    return at == null ? ": " : " at line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
  }

  /** Refuses text with characters that no file, variable or process can have. */
  private static void text(JsonParser parser) throws IOException {
    if (parser.getText().indexOf('\0') >= 0) {
      throw new InvalidInput(field(parser.getParsingContext()), "must not have a NUL character");
    }
  }

  /** The path of the field, as {@code tests[0].env.LEVEL}. */
  private static String field(JsonStreamContext at) {
    StringBuilder out = new StringBuilder();
    for (JsonStreamContext c = at; c != null && !c.inRoot(); c = c.getParent()) {
      String step = c.inArray() ? "[" + c.getCurrentIndex() + "]" : c.getCurrentName();
      boolean dot = !out.isEmpty() && out.charAt(0) != '[';
      out.insert(0, (step == null ? "" : step) + (dot ? "." : ""));
    }
    return out.toString();
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
