package io.cta.server.http;

import io.vertx.core.http.HttpServerRequest;

/** The error text for a WebSocket request that arrives without its upgrade. Pure. */
public final class MissingUpgradeText {
  public static final String BY_PROXY =
      "a proxy removed the upgrade; see conf/deploy/nginx.conf for how it passes one on";

  private MissingUpgradeText() {}

  /** Browsers and agents always ask for the upgrade, so only a proxy can have removed it. */
  public static String text(HttpServerRequest request) {
    boolean asked =
        request.headers().contains("Sec-WebSocket-Key")
            || request.headers().contains("X-CTA-Session");
    return asked ? BY_PROXY : "this address is for WebSockets";
  }
}
