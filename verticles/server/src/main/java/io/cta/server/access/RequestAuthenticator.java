package io.cta.server.access;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.http.ClientAddress;
import io.cta.server.http.PublicAddress;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Finds out who is asking, on every way into the server. Any event loop. */
public final class RequestAuthenticator {
  /** The cookie that carries a session, before the prefix that https adds. */
  public static final String SESSION_COOKIE = "cta_session";

  /** The cookie whose value changes made in a session must repeat. */
  public static final String CSRF_COOKIE = "cta_csrf";

  private static final String CSRF_HEADER = "X-CSRF-Token";

  private final BearerAuthenticator tokens;
  private final SessionAuthenticator sessions;
  private final OriginCheck origins;
  private final String cookie;

  /**
   * @param address the public address of the server, where browsers open its pages
   */
  public RequestAuthenticator(
      BearerAuthenticator tokens, SessionAuthenticator sessions, PublicAddress address) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.origins = new OriginCheck(address);
    this.cookie = address.cookie(SESSION_COOKIE);
  }

  /**
   * The caller of a request. Fails with FORBIDDEN for a change that a foreign page may have sent.
   */
  public Future<AuthenticatedPrincipal> caller(HttpServerRequest request) {
    RequestCredential shown = RequestCredential.of(request, cookie);
    return switch (shown.kind()) {
      case TOKEN -> token(shown.value(), request).check();
      case SESSION -> sessions.read(shown.value()).map(session -> vouched(session, request));
      case OTHER_SCHEME -> otherScheme();
      case NONE -> refused(ErrorCode.UNAUTHENTICATED, "log in, or send a token");
    };
  }

  /**
   * The check of who opens a WebSocket; empty if the request does not say. A session counts from
   * this server's own pages only, because browsers send its cookie from any page.
   */
  public Optional<CredentialCheck> opener(HttpServerRequest request) {
    RequestCredential shown = RequestCredential.of(request, cookie);
    return switch (shown.kind()) {
      case TOKEN -> Optional.of(token(shown.value(), request));
      case SESSION -> Optional.of(session(shown.value(), request));
      case OTHER_SCHEME -> Optional.of(RequestAuthenticator::otherScheme);
      case NONE -> Optional.empty();
    };
  }

  /** The check of a token that came in a message. */
  public CredentialCheck token(String raw) {
    return () -> tokens.bearer(raw);
  }

  /** Why a session does not count on a page of that origin; empty if it does. */
  public Optional<String> foreignOrigin(String page, HttpServerRequest request) {
    return origins.fault(page, request);
  }

  /** The token in a request's header; null if there is none. */
  public static String tokenOf(HttpServerRequest request) {
    RequestCredential shown = RequestCredential.of(request, SESSION_COOKIE);
    return shown.kind() == RequestCredential.Kind.TOKEN ? shown.value() : null;
  }

  private CredentialCheck token(String raw, HttpServerRequest request) {
    String address = ClientAddress.text(request.remoteAddress());
    return () -> tokens.bearer(raw, address);
  }

  private CredentialCheck session(String value, HttpServerRequest request) {
    Optional<String> foreign = origins.fault(request.getHeader("Origin"), request);
    return foreign.isEmpty()
        ? () -> sessions.read(value).map(BrowserSession::principal)
        : () -> refused(ErrorCode.FORBIDDEN, foreign.get());
  }

  private static AuthenticatedPrincipal vouched(BrowserSession session, HttpServerRequest request) {
    HttpMethod method = request.method();
    boolean change = !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
    if (change && !session.vouchedBy(request.getHeader(CSRF_HEADER))) {
      throw new ServiceFailure(
          ErrorCode.FORBIDDEN,
          "changes must repeat the cookie " + CSRF_COOKIE + " in " + CSRF_HEADER);
    }
    return session.principal();
  }

  private static Future<AuthenticatedPrincipal> otherScheme() {
    return refused(ErrorCode.UNAUTHENTICATED, "only bearer tokens are taken");
  }

  private static Future<AuthenticatedPrincipal> refused(ErrorCode code, String why) {
    return Future.failedFuture(new ServiceFailure(code, why));
  }
}
