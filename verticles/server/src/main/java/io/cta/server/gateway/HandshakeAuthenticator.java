package io.cta.server.gateway;

import io.cta.broker.websocket.LinkFrame;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.access.AccessAction;
import io.cta.server.access.CredentialCheck;
import io.cta.server.access.RequestAuthenticator;
import io.cta.server.http.ClientAddress;
import io.cta.server.http.MissingUpgradeText;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks an agent's upgrade request: its protocol version, session header and token. */
final class HandshakeAuthenticator {
  private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final Clock clock;
  private final RequestAuthenticator authenticator;

  HandshakeAuthenticator(RequestAuthenticator authenticator, Clock clock) {
    this.clock = clock;
    this.authenticator = authenticator;
  }

  Future<AgentConnection> identify(HttpServerRequest request) {
    String session = request.getHeader(LinkFrame.SESSION);
    String offered = request.getHeader("Sec-WebSocket-Protocol");
    if (!request.canUpgradeToWebSocket()) {
      return refused(ErrorCode.INVALID, MissingUpgradeText.text(request));
    }
    if (!speaks(offered)) {
      String text = "this server speaks " + LinkFrame.PROTOCOL + ", the agent offers " + offered;
      return refused(ErrorCode.INVALID, text + ": use an agent of this server's version");
    }
    if (session == null || !SESSION.matcher(session).matches()) {
      return refused(
          ErrorCode.INVALID, "the header " + LinkFrame.SESSION + " is missing or malformed");
    }
    Optional<CredentialCheck> check = authenticator.opener(request);
    if (check.isEmpty()) {
      return refused(ErrorCode.UNAUTHENTICATED, "an agent's token is required");
    }
    String address = ClientAddress.text(request.remoteAddress());
    return check
        .get()
        .toDo(
            AccessAction.SPEAK_FOR_MACHINE, "this token is not an agent's: enrol the machine first")
        .check()
        .map(
            who ->
                new AgentConnection(
                    who.machineId(), who.name(), session, address, clock.instant()));
  }

  private static boolean speaks(String offered) {
    return offered != null
        && Arrays.stream(offered.split(",")).map(String::trim).anyMatch(LinkFrame.PROTOCOL::equals);
  }

  private static Future<AgentConnection> refused(ErrorCode code, String text) {
    return Future.failedFuture(new ServiceFailure(code, text));
  }
}
