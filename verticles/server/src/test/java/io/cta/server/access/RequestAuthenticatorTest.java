package io.cta.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.AccessRole;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.http.PublicAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.junit5.VertxExtension;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Which credentials count on which way in. {@code /caller} is REST, {@code /opener} a WebSocket.
 */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class RequestAuthenticatorTest {
  private static final String COOKIE = "cta_session=good";

  private final RequestAuthenticator authenticator =
      new RequestAuthenticator(
          RequestAuthenticatorTest::bearer, RequestAuthenticatorTest::session, PublicAddress.NONE);
  private HttpServer server;

  /** Held, because Vert.x closes a client that is no longer reachable. */
  private HttpClient client;

  private record KnownSession(AuthenticatedPrincipal principal) implements BrowserSession {
    @Override
    public boolean vouchedBy(String token) {
      return "csrf".equals(token);
    }
  }

  @BeforeEach
  void serve(Vertx vertx) {
    client = vertx.createHttpClient();
    server = vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1").await();
  }

  @Test
  void aTokenInTheHeaderCountsEverywhereWhateverTheCaseOfItsScheme() {
    for (String path : new String[] {"/caller", "/opener"}) {
      assertEquals("prog", get(path, Map.of("Authorization", "Bearer prog")));
      assertEquals("prog", get(path, Map.of("Authorization", "bEARER  prog ")));
      assertEquals("401 unknown token", get(path, Map.of("Authorization", "Bearer guess")));
      assertEquals(
          "401 only bearer tokens are taken", get(path, Map.of("Authorization", "Basic prog")));
    }
  }

  @Test
  void aHeaderCountsBeforeACookie() {
    Map<String, String> both = Map.of("Authorization", "Bearer guess", "Cookie", COOKIE);
    assertEquals("401 unknown token", get("/caller", both));
    assertEquals("401 unknown token", get("/opener", both));
  }

  @Test
  void aTokenInTheAddressIsIgnored() {
    assertEquals("401 log in, or send a token", get("/caller?access_token=prog", Map.of()));
    assertEquals("nothing shown", get("/opener?access_token=prog", Map.of()));
  }

  @Test
  void aSessionReadsAndChangesWithItsCsrfTokenOnly() {
    assertEquals("ann", get("/caller", Map.of("Cookie", COOKIE)));
    assertEquals("401 over", get("/caller", Map.of("Cookie", "cta_session=old")));
    for (HttpMethod method : new HttpMethod[] {HttpMethod.POST, HttpMethod.DELETE}) {
      String refusal = "403 changes must repeat the cookie cta_csrf in X-CSRF-Token";
      assertEquals(refusal, ask(method, "/caller", Map.of("Cookie", COOKIE)));
      assertEquals(
          refusal, ask(method, "/caller", Map.of("Cookie", COOKIE, "X-CSRF-Token", "guess")));
      assertEquals("ann", ask(method, "/caller", Map.of("Cookie", COOKIE, "X-CSRF-Token", "csrf")));
    }
  }

  @Test
  void aSessionOpensAWebSocketFromThisServersPagesOnly() {
    String own = "http://127.0.0.1:" + server.actualPort();
    assertEquals("ann", get("/opener", Map.of("Cookie", COOKIE, "Origin", own)));
    isForeign(Map.of("Cookie", COOKIE));
    isForeign(Map.of("Cookie", COOKIE, "Origin", "http://evil.example"));
  }

  private void isForeign(Map<String, String> headers) {
    String answer = get("/opener", headers);
    assertEquals("403 cookies count only from this server's pages", answer.split(":")[0]);
  }

  private void answer(HttpServerRequest request) {
    Future<String> answer =
        request.path().equals("/caller")
            ? authenticator.caller(request).map(AuthenticatedPrincipal::name)
            : authenticator
                .opener(request)
                .map(check -> check.check().map(AuthenticatedPrincipal::name))
                .orElse(Future.succeededFuture("nothing shown"));
    answer
        .otherwise(e -> ServiceFailure.of(e).code().status() + " " + e.getMessage())
        .onSuccess(text -> request.response().end(text));
  }

  private String get(String path, Map<String, String> headers) {
    return ask(HttpMethod.GET, path, headers);
  }

  private String ask(HttpMethod method, String path, Map<String, String> headers) {
    return client
        .request(method, server.actualPort(), "127.0.0.1", path)
        .compose(
            request -> {
              headers.forEach(request::putHeader);
              // on the request's own thread: this one may come when the body has gone by
              return request.send().compose(response -> response.body());
            })
        .await()
        .toString();
  }

  private static Future<AuthenticatedPrincipal> bearer(String token) {
    return token.equals("prog")
        ? Future.succeededFuture(
            new AuthenticatedPrincipal("prog", "u1", AccessRole.VIEWER, null, null))
        : refused("unknown token");
  }

  private static Future<BrowserSession> session(String cookie) {
    return cookie.equals("good")
        ? Future.succeededFuture(
            new KnownSession(new AuthenticatedPrincipal("ann", "u2", AccessRole.ADMIN, null, null)))
        : refused("over");
  }

  private static <T> Future<T> refused(String why) {
    return Future.failedFuture(new ServiceFailure(ErrorCode.UNAUTHENTICATED, why));
  }
}
