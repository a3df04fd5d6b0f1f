package io.cta.server.live;

import io.cta.server.access.CredentialCheck;
import io.cta.server.http.CloseCode;
import io.vertx.core.Vertx;

/**
 * Pings one admitted viewer, and closes it when it is silent or its credential is no longer valid.
 * The feed's event loop only.
 */
final class ViewerKeepAlive {
  private final Vertx vertx;
  private final LiveViewer viewer;
  private final Runnable ping;
  private final LiveLimits limits;
  private final CredentialCheck check;
  private long pingTimer = -1;
  private long checkTimer = -1;
  private int unanswered;

  ViewerKeepAlive(
      Vertx vertx, LiveLimits limits, LiveViewer viewer, Runnable ping, CredentialCheck check) {
    this.vertx = vertx;
    this.limits = limits;
    this.viewer = viewer;
    this.ping = ping;
    this.check = check;
  }

  void begin() {
    pingTimer = vertx.setPeriodic(limits.pingMillis(), t -> ping());
    checkTimer = vertx.setPeriodic(limits.recheckMillis(), t -> recheckCredential());
  }

  void heard() {
    unanswered = 0;
  }

  void end() {
    vertx.cancelTimer(pingTimer);
    vertx.cancelTimer(checkTimer);
  }

  private void ping() {
    if (unanswered++ >= 3) {
      viewer.close(CloseCode.SILENT, "no answer to pings");
    } else {
      ping.run();
    }
  }

  private void recheckCredential() {
    check.check().onFailure(e -> viewer.close(CloseCode.of(e), CloseCode.reason(e)));
  }
}
