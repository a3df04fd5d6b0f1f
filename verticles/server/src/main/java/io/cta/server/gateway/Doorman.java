package io.cta.server.gateway;

import io.cta.broker.websocket.Frame;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.http.BearerHeader;
import io.cta.server.http.ClientAddress;
import io.cta.server.http.LostUpgrade;
import io.cta.server.security.Authenticator;
import io.cta.server.security.Principal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Finds out who wants in, and whether both sides speak the same protocol. */
final class Doorman {
  private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final Clock clock;
  private final Authenticator authenticator;

  Doorman(Authenticator authenticator, Clock clock) {
    this.clock = clock;
    this.authenticator = authenticator;
  }

  Future<Visitor> identify(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    String token = header == null ? null : BearerHeader.token(header);
    String session = request.getHeader(Frame.SESSION);
    String offered = request.getHeader("Sec-WebSocket-Protocol");
    if (!request.canUpgradeToWebSocket()) {
      return no(ErrorCode.INVALID, LostUpgrade.text(request));
    }
    if (!speaks(offered)) {
      String text = "this server speaks " + Frame.PROTOCOL + ", the agent offers " + offered;
      return no(ErrorCode.INVALID, text + ": use an agent of this server's version");
    }
    if (session == null || !SESSION.matcher(session).matches()) {
      return no(ErrorCode.INVALID, "the header " + Frame.SESSION + " is missing or malformed");
    }
    if (token == null) {
      return no(ErrorCode.UNAUTHENTICATED, "an agent's token is required");
    }
    String address = ClientAddress.text(request.remoteAddress());
    return authenticator.bearer(token, address).compose(who -> agent(who, session, address));
  }

  private Future<Visitor> agent(Principal who, String session, String address) {
    return who.machineId() == null
        ? no(ErrorCode.FORBIDDEN, "this token is not an agent's: enrol the machine first")
        : Future.succeededFuture(
            new Visitor(who.machineId(), who.name(), session, address, clock.instant()));
  }

  private static boolean speaks(String offered) {
    return offered != null
        && Arrays.stream(offered.split(",")).map(String::trim).anyMatch(Frame.PROTOCOL::equals);
  }

  private static Future<Visitor> no(ErrorCode code, String text) {
    return Future.failedFuture(new ServiceFailure(code, text));
  }
}
