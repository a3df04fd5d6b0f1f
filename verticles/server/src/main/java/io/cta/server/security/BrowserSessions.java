package io.cta.server.security;

import io.cta.domain.User;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Duration;

/**
 * Browser sessions: a signed JWT that names the user, the session's CSRF word and a mark of the
 * password, so that a new password ends the sessions made with the old one.
 */
public final class BrowserSessions {
  /** The cookie that carries a session. */
  public static final String COOKIE = "cta_session";

  private static final String ALGORITHM = "HS256";

  /** A session as the browser gets it. */
  public record OpenedSession(String jwt, String csrf, Duration life) {}

  /** Who the session belongs to, and the word that changes must repeat. */
  public record Session(AuthenticatedPrincipal principal, String csrf) {
    /** Whether a change comes from a page that could read the session's own cookie. */
    public boolean vouchedBy(String word) {
      return word != null && csrf != null && TokenText.same(word, csrf);
    }
  }

  private final PrincipalResolver principalResolver;
  private final Duration life;
  private final JWTAuth auth;

  public BrowserSessions(
      Vertx vertx, String key, Duration life, PrincipalResolver principalResolver) {
    this.principalResolver = principalResolver;
    this.life = life;
    this.auth =
        JWTAuth.create(
            vertx,
            new JWTAuthOptions()
                .addPubSecKey(
                    new PubSecKeyOptions().setAlgorithm(ALGORITHM).setBuffer(Buffer.buffer(key)))
                .setJWTOptions(new JWTOptions().setIssuer("cta").setAlgorithm(ALGORITHM)));
  }

  public OpenedSession open(User user) {
    String csrf = TokenText.secret();
    JsonObject claims =
        new JsonObject().put("sub", user.id()).put("csrf", csrf).put("pwd", mark(user));
    JWTOptions options =
        new JWTOptions()
            .setAlgorithm(ALGORITHM)
            .setIssuer("cta")
            .setExpiresInSeconds((int) life.toSeconds());
    return new OpenedSession(auth.generateToken(claims, options), csrf, life);
  }

  /** The session of a cookie; UNAUTHENTICATED when it is forged, over, or its user is gone. */
  public Future<Session> read(String jwt) {
    return auth.authenticate(new TokenCredentials(jwt))
        .recover(e -> refused())
        .compose(user -> session(user.principal()));
  }

  private Future<Session> session(JsonObject claims) {
    return principalResolver
        .enabledUser(claims.getString("sub", ""))
        .compose(
            found ->
                found
                    .filter(user -> TokenText.same(mark(user), claims.getString("pwd", "")))
                    .map(user -> Future.succeededFuture(session(claims, user)))
                    .orElseGet(BrowserSessions::refused));
  }

  private static Session session(JsonObject claims, User user) {
    return new Session(
        new AuthenticatedPrincipal(user.name(), user.id(), user.role(), null, null),
        claims.getString("csrf"));
  }

  private static String mark(User user) {
    return TokenText.digest("mark " + user.passwordHash()).substring(0, 16);
  }

  private static <T> Future<T> refused() {
    return Future.failedFuture(
        new ServiceFailure(ErrorCode.UNAUTHENTICATED, "the session is over, log in again"));
  }
}
