package io.cta.server.http;

import io.vertx.core.http.HttpServerRequest;

/** What is said of a request for a WebSocket that came without its upgrade. Pure. */
public final class MissingUpgradeText {
  public static final String BY_PROXY =
      "a proxy removed the upgrade; see conf/deploy/nginx.conf for how it passes one on";

  private MissingUpgradeText() {}

  /** Browsers and agents always ask for the upgrade: only what is in between can lose it. */
  public static String text(HttpServerRequest request) {
    boolean asked =
        request.headers().contains("Sec-WebSocket-Key")
            || request.headers().contains("X-CTA-Session");
    return asked ? BY_PROXY : "this address is for WebSockets";
  }
}
