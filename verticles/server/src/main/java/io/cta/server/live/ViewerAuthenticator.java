package io.cta.server.live;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.access.AccessAction;
import io.cta.server.access.CredentialCheck;
import io.cta.server.access.RequestAuthenticator;
import io.cta.server.http.MissingUpgradeText;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Asks who wants to watch, and words what a request to watch may lack. */
final class ViewerAuthenticator {
  private static final String REFUSAL = "agents do not watch";

  private final RequestAuthenticator authenticator;

  ViewerAuthenticator(RequestAuthenticator authenticator) {
    this.authenticator = authenticator;
  }

  /** The check of the credential that a request shows; empty if it shows none. */
  Optional<CredentialCheck> of(HttpServerRequest request) {
    return authenticator.opener(request).map(ViewerAuthenticator::viewer);
  }

  /** The check of a token that a viewer sent in a message. */
  CredentialCheck token(String raw) {
    return viewer(authenticator.token(raw));
  }

  /**
   * Says why a WebSocket was not opened. Browsers do not tell their pages, so a page may ask
   * without an upgrade, naming its own origin in {@code ?origin=}; the answer says what is wrong
   * with the origin, or that a proxy must have dropped the upgrade.
   */
  ServiceFailure withoutUpgrade(HttpServerRequest request) {
    String page = request.getParam("origin");
    Optional<String> foreign =
        page == null ? Optional.empty() : authenticator.foreignOrigin(page, request);
    return foreign
        .map(text -> new ServiceFailure(ErrorCode.FORBIDDEN, text))
        .orElseGet(
            () ->
                new ServiceFailure(
                    ErrorCode.INVALID,
                    page == null ? MissingUpgradeText.text(request) : MissingUpgradeText.BY_PROXY));
  }

  private static CredentialCheck viewer(CredentialCheck check) {
    return check.toDo(AccessAction.WATCH, REFUSAL);
  }
}
