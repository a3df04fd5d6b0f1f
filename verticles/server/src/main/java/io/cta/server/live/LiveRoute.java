package io.cta.server.live;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.access.CredentialCheck;
import io.cta.server.http.AddressQuota;
import io.cta.server.http.ClientAddress;
import io.cta.server.http.CloseCode;
import io.cta.server.http.ConnectionGuard;
import io.cta.server.http.ProblemResponse;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Serves the WebSocket at {@code /api/v1/live}: decides who may open it and passes its messages to
 * the feed's event loop.
 */
final class LiveRoute {
  private static final int MAX_UNKNOWN = 32;
  private static final int MAX_UNKNOWN_PER_ADDRESS = 8;

  private final Vertx vertx;
  private final Context loop;
  private final LiveLimits limits;
  private final TopicRegistry channels;
  private final ViewerAuthenticator viewerAuthenticator;
  private final ViewerQuota viewerQuota;

  /**
   * Limits connections that are not authenticated yet: each may hold a message of the port's size
   * limit.
   */
  private final AddressQuota unknown = new AddressQuota(MAX_UNKNOWN, MAX_UNKNOWN_PER_ADDRESS);

  LiveRoute(
      Vertx vertx,
      Context loop,
      LiveLimits limits,
      TopicRegistry channels,
      ViewerAuthenticator viewerAuthenticator,
      ViewerQuota viewerQuota) {
    this.vertx = vertx;
    this.loop = loop;
    this.limits = limits;
    this.channels = channels;
    this.viewerAuthenticator = viewerAuthenticator;
    this.viewerQuota = viewerQuota;
  }

  void handle(RoutingContext ctx) {
    if (!"websocket".equalsIgnoreCase(ctx.request().getHeader("Upgrade"))) {
      ProblemResponse.refuse(ctx, viewerAuthenticator.withoutUpgrade(ctx.request()));
      return;
    }
    viewerAuthenticator
        .of(ctx.request())
        .ifPresentOrElse(check -> admit(ctx, check), () -> admitUnknown(ctx));
  }

  private void admitUnknown(RoutingContext ctx) {
    String address = ClientAddress.of(ctx.request().remoteAddress());
    if (unknown.take(address, 1) != AddressQuota.Answer.GRANTED) {
      String text = "too many have yet to say who they are: send the token in the request";
      ProblemResponse.refuse(ctx, new ServiceFailure(ErrorCode.TOO_MANY, text));
      return;
    }
    AtomicBoolean released = new AtomicBoolean();
    Runnable release =
        () -> {
          if (released.compareAndSet(false, true)) {
            unknown.giveBack(address, 1);
          }
        };
    open(ctx, false, release, WebSocketViewer::awaitHello);
  }

  private void admit(RoutingContext ctx, CredentialCheck check) {
    ctx.request().pause();
    check
        .check()
        .onSuccess(who -> enter(ctx, check))
        .onFailure(e -> ProblemResponse.refuse(ctx, e));
  }

  private void enter(RoutingContext ctx, CredentialCheck check) {
    if (viewerQuota.take()) {
      open(ctx, true, () -> {}, viewer -> viewer.admitted(check));
    } else {
      ProblemResponse.refuse(
          ctx, new ServiceFailure(ErrorCode.UNAVAILABLE, "too many watch already"));
    }
  }

  /**
   * @param counted true if the viewer is already counted in the quota; otherwise it is counted once
   *     authenticated
   * @param known runs once the viewer is authenticated or gone
   */
  private void open(
      RoutingContext ctx, boolean counted, Runnable known, Consumer<WebSocketViewer> first) {
    ctx.request()
        .toWebSocket()
        .onSuccess(socket -> watch(ctx, socket, counted, known, first))
        .onFailure(
            e -> {
              known.run();
              if (counted) {
                viewerQuota.leave();
              }
              ctx.fail(400);
            });
  }

  private void watch(
      RoutingContext ctx,
      ServerWebSocket socket,
      boolean counted,
      Runnable known,
      Consumer<WebSocketViewer> first) {
    Context http = vertx.getOrCreateContext();
    Runnable authenticated =
        () -> {
          known.run();
          http.runOnContext(v -> ConnectionGuard.trust(ctx));
        };
    WebSocketViewer viewer =
        new WebSocketViewer(
            vertx,
            loop,
            socket,
            limits,
            channels,
            viewerAuthenticator,
            viewerQuota,
            counted,
            authenticated);
    socket.textMessageHandler(text -> loop.runOnContext(v -> viewer.heard(text)));
    socket.binaryMessageHandler(
        bytes -> loop.runOnContext(v -> viewer.close(CloseCode.INVALID, "messages must be text")));
    socket.pongHandler(bytes -> loop.runOnContext(v -> viewer.heardPong()));
    socket.exceptionHandler(e -> {});
    socket.closeHandler(
        closed -> {
          known.run();
          loop.runOnContext(v -> viewer.gone());
        });
    loop.runOnContext(v -> first.accept(viewer));
  }
}
