package io.cta.server.security;

import io.cta.domain.User;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.access.AuthenticatedPrincipal;
import io.cta.server.access.BrowserSession;
import io.cta.server.access.SessionAuthenticator;
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
 * Opens and reads browser sessions. A session is a signed JWT with the user, the session's CSRF
 * token and a fingerprint of the password hash, so that a new password ends the sessions opened
 * with the old one.
 */
public final class BrowserSessions implements SessionAuthenticator {
  private static final String ALGORITHM = "HS256";

  /** A new session, as it is sent to the browser. */
  public record OpenedSession(String jwt, String csrf, Duration life) {}

  /** The session's user, and the CSRF token that requests which change something must repeat. */
  private record Session(AuthenticatedPrincipal principal, String csrf) implements BrowserSession {
    @Override
    public boolean vouchedBy(String token) {
      return token != null && csrf != null && TokenText.same(token, csrf);
    }
  }

  private final PrincipalResolver principalResolver;
  private final Duration lifetime;
  private final JWTAuth auth;

  public BrowserSessions(
      Vertx vertx, String key, Duration lifetime, PrincipalResolver principalResolver) {
    this.principalResolver = principalResolver;
    this.lifetime = lifetime;
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
        new JsonObject()
            .put("sub", user.id())
            .put("csrf", csrf)
            .put("pwd", passwordFingerprint(user));
    JWTOptions options =
        new JWTOptions()
            .setAlgorithm(ALGORITHM)
            .setIssuer("cta")
            .setExpiresInSeconds((int) lifetime.toSeconds());
    return new OpenedSession(auth.generateToken(claims, options), csrf, lifetime);
  }

  /** Fails with UNAUTHENTICATED also when the session's user is gone. */
  @Override
  public Future<? extends BrowserSession> read(String jwt) {
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
                    .filter(
                        user ->
                            TokenText.same(passwordFingerprint(user), claims.getString("pwd", "")))
                    .map(user -> Future.succeededFuture(session(claims, user)))
                    .orElseGet(BrowserSessions::refused));
  }

  private static Session session(JsonObject claims, User user) {
    return new Session(
        new AuthenticatedPrincipal(user.name(), user.id(), user.role(), null, null),
        claims.getString("csrf"));
  }

  private static String passwordFingerprint(User user) {
    return TokenText.digest("mark " + user.passwordHash()).substring(0, 16);
  }

  private static <T> Future<T> refused() {
    return Future.failedFuture(
        new ServiceFailure(ErrorCode.UNAUTHENTICATED, "the session is over, log in again"));
  }
}
