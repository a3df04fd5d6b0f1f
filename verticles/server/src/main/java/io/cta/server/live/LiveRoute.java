package io.cta.server.live;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.http.ConnectionGuard;
import io.cta.server.security.Principal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The WebSocket at {@code /api/v1/live}: who may open it, and its way to the feed's event loop. */
final class LiveRoute {
  private final Vertx vertx;
  private final Context loop;
  private final LiveLimits limits;
  private final Channels channels;
  private final Admission admission;
  private final Seats seats;

  LiveRoute(
      Vertx vertx,
      Context loop,
      LiveLimits limits,
      Channels channels,
      Admission admission,
      Seats seats) {
    this.vertx = vertx;
    this.loop = loop;
    this.limits = limits;
    this.channels = channels;
    this.admission = admission;
    this.seats = seats;
  }

  void handle(RoutingContext ctx) {
    if (!"websocket".equalsIgnoreCase(ctx.request().getHeader("Upgrade"))) {
      Refusal.send(ctx, new ServiceFailure(ErrorCode.INVALID, "this is a WebSocket"));
      return;
    }
    admission
        .of(ctx)
        .ifPresentOrElse(
            check -> admit(ctx, check), () -> open(ctx, false, LiveSocket::awaitHello));
  }

  private void admit(RoutingContext ctx, Supplier<Future<Principal>> check) {
    ctx.request().pause();
    check.get().onSuccess(who -> enter(ctx, check)).onFailure(e -> Refusal.send(ctx, e));
  }

  private void enter(RoutingContext ctx, Supplier<Future<Principal>> check) {
    if (seats.take()) {
      open(ctx, true, viewer -> viewer.admitted(check));
    } else {
      Refusal.send(ctx, new ServiceFailure(ErrorCode.UNAVAILABLE, "too many watch already"));
    }
  }

  /**
   * @param seated false for somebody who has yet to say who they are, and gets a seat then
   */
  private void open(RoutingContext ctx, boolean seated, Consumer<LiveSocket> first) {
    ctx.request()
        .toWebSocket()
        .onSuccess(socket -> watch(ctx, socket, seated, first))
        .onFailure(
            e -> {
              if (seated) {
                seats.leave();
              }
              ctx.fail(400);
            });
  }

  private void watch(
      RoutingContext ctx, ServerWebSocket socket, boolean seated, Consumer<LiveSocket> first) {
    Context http = vertx.getOrCreateContext();
    Runnable known = () -> http.runOnContext(v -> ConnectionGuard.trust(ctx));
    LiveSocket viewer =
        new LiveSocket(vertx, loop, socket, limits, channels, admission, seats, seated, known);
    socket.textMessageHandler(text -> loop.runOnContext(v -> viewer.heard(text)));
    socket.binaryMessageHandler(
        bytes -> loop.runOnContext(v -> viewer.close(CloseCode.INVALID, "messages must be text")));
    socket.pongHandler(bytes -> loop.runOnContext(v -> viewer.heardPong()));
    socket.exceptionHandler(e -> {});
    socket.closeHandler(closed -> loop.runOnContext(v -> viewer.gone()));
    loop.runOnContext(v -> first.accept(viewer));
  }
}
