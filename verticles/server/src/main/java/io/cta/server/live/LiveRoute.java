package io.cta.server.live;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.http.AddressQuota;
import io.cta.server.http.ClientAddress;
import io.cta.server.http.ConnectionGuard;
import io.cta.server.security.AuthenticatedPrincipal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The WebSocket at {@code /api/v1/live}: who may open it, and its way to the feed's event loop. */
final class LiveRoute {
  private static final int STRANGERS = 32;
  private static final int STRANGERS_PER_ADDRESS = 8;

  private final Vertx vertx;
  private final Context loop;
  private final LiveLimits limits;
  private final TopicRegistry channels;
  private final ViewerAuthenticator viewerAuthenticator;
  private final ViewerQuota viewerQuota;

  /** Of those who have yet to say who they are: each may hold a message of the port's limit. */
  private final AddressQuota strangers = new AddressQuota(STRANGERS, STRANGERS_PER_ADDRESS);

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
      RefusalResponse.send(ctx, viewerAuthenticator.withoutUpgrade(ctx.request()));
      return;
    }
    viewerAuthenticator.of(ctx).ifPresentOrElse(check -> admit(ctx, check), () -> meet(ctx));
  }

  private void meet(RoutingContext ctx) {
    String address = ClientAddress.of(ctx.request().remoteAddress());
    if (strangers.take(address, 1) != AddressQuota.Answer.GRANTED) {
      String text = "too many have yet to say who they are: send the token in the request";
      RefusalResponse.send(ctx, new ServiceFailure(ErrorCode.TOO_MANY, text));
      return;
    }
    AtomicBoolean left = new AtomicBoolean();
    Runnable leave =
        () -> {
          if (left.compareAndSet(false, true)) {
            strangers.giveBack(address, 1);
          }
        };
    open(ctx, false, leave, WebSocketViewer::awaitHello);
  }

  private void admit(RoutingContext ctx, Supplier<Future<AuthenticatedPrincipal>> check) {
    ctx.request().pause();
    check.get().onSuccess(who -> enter(ctx, check)).onFailure(e -> RefusalResponse.send(ctx, e));
  }

  private void enter(RoutingContext ctx, Supplier<Future<AuthenticatedPrincipal>> check) {
    if (viewerQuota.take()) {
      open(ctx, true, () -> {}, viewer -> viewer.admitted(check));
    } else {
      RefusalResponse.send(
          ctx, new ServiceFailure(ErrorCode.UNAVAILABLE, "too many watch already"));
    }
  }

  /**
   * @param seated false for somebody who has yet to say who they are, and gets a seat then
   * @param known runs when it is known who they are, or they have gone
   */
  private void open(
      RoutingContext ctx, boolean seated, Runnable known, Consumer<WebSocketViewer> first) {
    ctx.request()
        .toWebSocket()
        .onSuccess(socket -> watch(ctx, socket, seated, known, first))
        .onFailure(
            e -> {
              known.run();
              if (seated) {
                viewerQuota.leave();
              }
              ctx.fail(400);
            });
  }

  private void watch(
      RoutingContext ctx,
      ServerWebSocket socket,
      boolean seated,
      Runnable known,
      Consumer<WebSocketViewer> first) {
    Context http = vertx.getOrCreateContext();
    Runnable trusted =
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
            seated,
            trusted);
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
