package io.cta.server.live;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.http.BearerHeader;
import io.cta.server.http.MissingUpgradeText;
import io.cta.server.http.PublicAddress;
import io.cta.server.security.AuthenticatedPrincipal;
import io.cta.server.security.BearerAuthenticator;
import io.cta.server.security.BrowserSessions;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Decides who may watch: people with a session, from this server's own pages, and holders of API
 * tokens. Agents may not. Ignores credentials in the URL, since URLs end up in logs.
 */
final class ViewerAuthenticator {
  private final BearerAuthenticator bearerAuthenticator;
  private final Function<RoutingContext, Future<AuthenticatedPrincipal>> session;
  private final String cookie;
  private final OriginCheck origin;

  ViewerAuthenticator(
      BearerAuthenticator bearerAuthenticator,
      Function<RoutingContext, Future<AuthenticatedPrincipal>> session,
      PublicAddress address) {
    this.bearerAuthenticator = bearerAuthenticator;
    this.session = session;
    this.cookie = address.cookie(BrowserSessions.COOKIE);
    this.origin = new OriginCheck(address);
  }

  /** A repeatable check of the credential that a request carries; empty if it has none. */
  Optional<Supplier<Future<AuthenticatedPrincipal>>> of(RoutingContext ctx) {
    String header = ctx.request().getHeader("Authorization");
    if (header != null) {
      String token = BearerHeader.token(header);
      return Optional.of(
          token == null
              ? () -> refused(ErrorCode.UNAUTHENTICATED, "only Bearer tokens are understood")
              : bearer(token));
    }
    if (ctx.request().getCookie(cookie) == null) {
      return Optional.empty();
    }
    Optional<String> foreign = origin.fault(ctx.request().getHeader("Origin"), ctx.request());
    return Optional.of(
        foreign.isEmpty()
            ? () -> session.apply(ctx).compose(ViewerAuthenticator::viewer)
            : () -> refused(ErrorCode.FORBIDDEN, foreign.get()));
  }

  /**
   * Says why a WebSocket was not opened. Browsers do not tell their pages, so a page may ask
   * without an upgrade, naming its own origin in {@code ?origin=}; the answer says what is wrong
   * with the origin, or that a proxy must have dropped the upgrade.
   */
  ServiceFailure withoutUpgrade(HttpServerRequest request) {
    String page = request.getParam("origin");
    Optional<String> foreign = page == null ? Optional.empty() : origin.fault(page, request);
    return foreign
        .map(text -> new ServiceFailure(ErrorCode.FORBIDDEN, text))
        .orElseGet(
            () ->
                new ServiceFailure(
                    ErrorCode.INVALID,
                    page == null ? MissingUpgradeText.text(request) : MissingUpgradeText.BY_PROXY));
  }

  Supplier<Future<AuthenticatedPrincipal>> bearer(String token) {
    return () -> bearerAuthenticator.bearer(token).compose(ViewerAuthenticator::viewer);
  }

  private static Future<AuthenticatedPrincipal> viewer(AuthenticatedPrincipal principal) {
    return principal.role() == null
        ? refused(ErrorCode.FORBIDDEN, "agents do not watch")
        : Future.succeededFuture(principal);
  }

  private static Future<AuthenticatedPrincipal> refused(ErrorCode code, String why) {
    return Future.failedFuture(new ServiceFailure(code, why));
  }
}
