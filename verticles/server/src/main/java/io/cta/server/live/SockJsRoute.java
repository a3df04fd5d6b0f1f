package io.cta.server.live;

import io.cta.bus.BusAddresses;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.access.CredentialCheck;
import io.cta.server.http.ConnectionGuard;
import io.cta.server.http.ProblemResponse;
import io.vertx.core.Context;
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

/**
 * The SockJS event-bus bridge at {@code /eventbus}. Clients of the bridge may register for {@code
 * live.…} only. The feed itself writes the messages, so that on this transport too they are encoded
 * once and dropped for slow viewers.
 */
final class SockJsRoute {
  private static final String CHECK = "cta.live.check";

  private final Vertx vertx;
  private final Context loop;
  private final LiveLimits limits;
  private final TopicRegistry channels;
  private final ViewerAuthenticator viewerAuthenticator;
  private final ViewerQuota viewerQuota;
  // the HTTP server's event loop only
  private final Map<SockJSSocket, AdmittedViewer> viewers = new HashMap<>();

  private record AdmittedViewer(SockJsViewer viewer, ViewerKeepAlive keepAlive) {}

  SockJsRoute(
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

  Router router() {
    SockJSBridgeOptions options =
        new SockJSBridgeOptions()
            .setMaxAddressLength(100)
            .setMaxHandlersPerSocket(limits.topics())
            .addOutboundPermitted(new PermittedOptions().setAddressRegex("live\\..+"));
    return SockJSHandler.create(vertx).bridge(options, this::event);
  }

  /** Passes a request on to the bridge, or refuses it. */
  void admit(RoutingContext ctx) {
    Optional<CredentialCheck> check = viewerAuthenticator.of(ctx.request());
    if (check.isEmpty()) {
      ProblemResponse.refuse(ctx, new ServiceFailure(ErrorCode.UNAUTHENTICATED, "who are you?"));
      return;
    }
    ctx.request().pause();
    ctx.put(CHECK, check.get());
    check
        .get()
        .check()
        .onSuccess(
            who -> {
              ctx.request().resume();
              ctx.next();
            })
        .onFailure(e -> ProblemResponse.refuse(ctx, e));
  }

  private void event(BridgeEvent event) {
    event.complete(
        switch (event.type()) {
          case SOCKET_CREATED -> opened(event.socket());
          case SOCKET_CLOSED -> closed(event.socket());
          case REGISTER, UNREGISTER -> registered(event);
          case SOCKET_PING -> alive(event.socket());
          case REGISTERED, SOCKET_IDLE, SOCKET_ERROR -> true;
          // clients may send nothing, and the feed does not send over the bus
          case SEND, PUBLISH, RECEIVE -> false;
        });
  }

  private boolean opened(SockJSSocket socket) {
    if (!viewerQuota.take()) {
      return false;
    }
    RoutingContext ctx = socket.routingContext();
    CredentialCheck check = ctx.get(CHECK);
    if (ctx.request().getHeader("Upgrade") != null) {
      ConnectionGuard.trust(ctx);
    }
    SockJsViewer viewer = new SockJsViewer(socket, loop, limits, channels);
    // the bridge itself closes silent sockets; the keep-alive is here to check the credential
    ViewerKeepAlive viewerKeepAlive = new ViewerKeepAlive(vertx, limits, viewer, () -> {}, check);
    viewers.put(socket, new AdmittedViewer(viewer, viewerKeepAlive));
    loop.runOnContext(v -> viewerKeepAlive.begin());
    return true;
  }

  private boolean closed(SockJSSocket socket) {
    AdmittedViewer admittedViewer = viewers.remove(socket);
    if (admittedViewer != null) {
      viewerQuota.leave();
      loop.runOnContext(
          v -> {
            admittedViewer.keepAlive().end();
            admittedViewer.viewer().gone();
          });
    }
    return true;
  }

  private boolean alive(SockJSSocket socket) {
    AdmittedViewer admittedViewer = viewers.get(socket);
    if (admittedViewer != null) {
      loop.runOnContext(v -> admittedViewer.keepAlive().heard());
    }
    return true;
  }

  private boolean registered(BridgeEvent event) {
    String address = event.getRawMessage().getString("address", "");
    AdmittedViewer admittedViewer = viewers.get(event.socket());
    Optional<LiveTopic> topic =
        address.startsWith(BusAddresses.LIVE)
            ? LiveTopic.of(address.substring(BusAddresses.LIVE.length()))
            : Optional.empty();
    if (admittedViewer == null || topic.isEmpty()) {
      return false;
    }
    SockJsViewer viewer = admittedViewer.viewer();
    if (event.type() == BridgeEventType.REGISTER) {
      loop.runOnContext(v -> viewer.join(topic.get()));
    } else {
      loop.runOnContext(v -> viewer.leave(topic.get()));
    }
    return true;
  }
}
