package io.cta.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client reads when something failed, over each version of HTTP. */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class ProblemResponseTest {
  private static final JsonObject UNKNOWN =
      new JsonObject()
          .put("type", "urn:cta:error:internal")
          .put("title", "Internal")
          .put("status", 500)
          .put("detail", "internal error");

  private Vertx vertx;
  private HttpServer server;
  private Throwable failure;
  private boolean readFirst;

  @BeforeEach
  void serve(Vertx started) {
    vertx = started;
    Router router = Router.router(vertx);
    router
        .route()
        .handler(
            ctx -> {
              if (readFirst) {
                ctx.request().end().onSuccess(v -> ProblemResponse.refuse(ctx, failure));
              } else {
                ctx.request().pause();
                vertx.runOnContext(v -> ProblemResponse.refuse(ctx, failure));
              }
            });
    server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void aRequestIsToldWhetherItWasReadOrWaited(HttpVersion version) {
    for (boolean read : new boolean[] {true, false}) {
      readFirst = read;
      failure = new ServiceFailure(ErrorCode.SESSION_TAKEN, "why");
      HttpClientResponse response = ask(version);
      assertEquals(409, response.statusCode());
      assertEquals("application/problem+json", response.getHeader("Content-Type"));
      assertNull(response.getHeader("Retry-After"));
      assertEquals(
          new JsonObject()
              .put("type", "urn:cta:error:session-taken")
              .put("title", "Session taken")
              .put("status", 409)
              .put("detail", "why"),
          body(response));
      failure = new IllegalStateException("secret");
      assertEquals(UNKNOWN, body(ask(version)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void aCodeBringsItsHeadersAndAFieldItsRule(HttpVersion version) {
    failure = new ServiceFailure(ErrorCode.UNAUTHENTICATED, "who?");
    assertEquals("Bearer realm=\"cta\"", ask(version).getHeader("WWW-Authenticate"));
    failure = ServiceFailure.tooMany("slowly", 7);
    assertEquals("7", ask(version).getHeader("Retry-After"));
    failure = new ServiceFailure(ErrorCode.TOO_MANY, "slowly");
    assertEquals("60", ask(version).getHeader("Retry-After"));
    failure = ServiceFailure.invalid("name", "is required");
    JsonObject told = body(ask(version));
    assertEquals("name is required", told.getString("detail"));
    assertEquals(
        new JsonArray().add(new JsonObject().put("field", "name").put("rule", "is required")),
        told.getJsonArray("errors"));
  }

  /** Held, because Vert.x closes a client that is no longer reachable. */
  private HttpClient client;

  private HttpClientResponse ask(HttpVersion version) {
    HttpClientOptions options =
        new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false);
    client = vertx.createHttpClient(options);
    return client
        .request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
        .compose(request -> request.send().compose(response -> response.body().map(response)))
        .await();
  }

  private static JsonObject body(HttpClientResponse response) {
    return response.body().await().toJsonObject();
  }
}
