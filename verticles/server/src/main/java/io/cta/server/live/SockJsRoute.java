package io.cta.server.live;

import io.cta.bus.Addresses;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.http.ConnectionGuard;
import io.cta.server.security.Principal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.bridge.BridgeEventType;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The SockJS event-bus bridge at {@code /eventbus}. It speaks the bridge's protocol for those who
 * use its client, and lets them register for {@code live.…} only. Deliveries are written by the
 * feed itself, so that this transport too encodes once and drops for slow viewers.
 */
final class SockJsRoute {
  private static final String CHECK = "cta.live.check";

  private final Vertx vertx;
  private final Context loop;
  private final LiveLimits limits;
  private final Channels channels;
  private final Admission admission;
  private final Seats seats;
  // the HTTP server's event loop only
  private final Map<SockJSSocket, Seated> viewers = new HashMap<>();

  private record Seated(SockJsViewer viewer, Vigil vigil) {}

  SockJsRoute(
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

  Router router() {
    SockJSBridgeOptions options =
        new SockJSBridgeOptions()
            .setMaxAddressLength(100)
            .setMaxHandlersPerSocket(limits.topics())
            .addOutboundPermitted(new PermittedOptions().setAddressRegex("live\\..+"));
    return SockJSHandler.create(vertx).bridge(options, this::event);
  }

  /** Lets a request through to the bridge, or answers it. */
  void admit(RoutingContext ctx) {
    Optional<Supplier<Future<Principal>>> check = admission.of(ctx);
    if (check.isEmpty()) {
      Refusal.send(ctx, new ServiceFailure(ErrorCode.UNAUTHENTICATED, "who are you?"));
      return;
    }
    ctx.request().pause();
    ctx.put(CHECK, check.get());
    check
        .get()
        .get()
        .onSuccess(
            who -> {
              ctx.request().resume();
              ctx.next();
            })
        .onFailure(e -> Refusal.send(ctx, e));
  }

  private void event(BridgeEvent event) {
    event.complete(
        switch (event.type()) {
          case SOCKET_CREATED -> opened(event.socket());
          case SOCKET_CLOSED -> closed(event.socket());
          case REGISTER, UNREGISTER -> moved(event);
          case SOCKET_PING -> alive(event.socket());
          case REGISTERED, SOCKET_IDLE, SOCKET_ERROR -> true;
          // nothing comes in, and what goes out does not go over the bus
          case SEND, PUBLISH, RECEIVE -> false;
        });
  }

  private boolean opened(SockJSSocket socket) {
    if (!seats.take()) {
      return false;
    }
    RoutingContext ctx = socket.routingContext();
    Supplier<Future<Principal>> check = ctx.get(CHECK);
    if (ctx.request().getHeader("Upgrade") != null) {
      ConnectionGuard.trust(ctx);
    }
    SockJsViewer viewer = new SockJsViewer(socket, loop, limits, channels);
    // the bridge closes those who do not ping; the vigil is for the credential
    Vigil vigil = new Vigil(vertx, limits, viewer, () -> {}, check);
    viewers.put(socket, new Seated(viewer, vigil));
    loop.runOnContext(v -> vigil.begin());
    return true;
  }

  private boolean closed(SockJSSocket socket) {
    Seated seated = viewers.remove(socket);
    if (seated != null) {
      seats.leave();
      loop.runOnContext(
          v -> {
            seated.vigil().end();
            seated.viewer().gone();
          });
    }
    return true;
  }

  private boolean alive(SockJSSocket socket) {
    Seated seated = viewers.get(socket);
    if (seated != null) {
      loop.runOnContext(v -> seated.vigil().heard());
    }
    return true;
  }

  private boolean moved(BridgeEvent event) {
    String address = event.getRawMessage().getString("address", "");
    Seated seated = viewers.get(event.socket());
    Optional<Topic> topic =
        address.startsWith(Addresses.LIVE)
            ? Topic.of(address.substring(Addresses.LIVE.length()))
            : Optional.empty();
    if (seated == null || topic.isEmpty()) {
      return false;
    }
    SockJsViewer viewer = seated.viewer();
    if (event.type() == BridgeEventType.REGISTER) {
      loop.runOnContext(v -> viewer.join(topic.get()));
    } else {
      loop.runOnContext(v -> viewer.leave(topic.get()));
    }
    return true;
  }
}
