package io.cta.server.live;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.http.BearerHeader;
import io.cta.server.http.LostUpgrade;
import io.cta.server.http.PublicAddress;
import io.cta.server.security.Authenticator;
import io.cta.server.security.Principal;
import io.cta.server.security.Sessions;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Who may watch: people with a session, from this server's own pages, and bearers of API tokens.
 * Agents may not. Credentials in the address are not looked at, since addresses end up in logs.
 */
final class Admission {
  private final Authenticator authenticator;
  private final Function<RoutingContext, Future<Principal>> session;
  private final String cookie;
  private final OriginCheck origin;

  Admission(
      Authenticator authenticator,
      Function<RoutingContext, Future<Principal>> session,
      PublicAddress address) {
    this.authenticator = authenticator;
    this.session = session;
    this.cookie = address.cookie(Sessions.COOKIE);
    this.origin = new OriginCheck(address);
  }

  /** The check of the credential that a request carries, repeatable; empty when it has none. */
  Optional<Supplier<Future<Principal>>> of(RoutingContext ctx) {
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
            ? () -> session.apply(ctx).compose(Admission::viewer)
            : () -> refused(ErrorCode.FORBIDDEN, foreign.get()));
  }

  /**
   * Why no feed came of it. Browsers do not tell their pages, so a page may ask without an upgrade,
   * naming its own origin in {@code ?origin=}; it is then told what is wrong with that, or that the
   * upgrade must have been lost on the way.
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
                    page == null ? LostUpgrade.text(request) : LostUpgrade.BY_PROXY));
  }

  Supplier<Future<Principal>> bearer(String token) {
    return () -> authenticator.bearer(token).compose(Admission::viewer);
  }

  private static Future<Principal> viewer(Principal principal) {
    return principal.role() == null
        ? refused(ErrorCode.FORBIDDEN, "agents do not watch")
        : Future.succeededFuture(principal);
  }

  private static Future<Principal> refused(ErrorCode code, String why) {
    return Future.failedFuture(new ServiceFailure(code, why));
  }
}
