package io.cta.server.live;

import io.cta.error.ServiceFailure;
import io.cta.server.access.CredentialCheck;
import io.cta.server.http.CloseCode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

/** A viewer on a plain WebSocket. The feed's event loop only; {@link LiveRoute} switches to it. */
final class WebSocketViewer extends LiveViewer {
  private static final int MAX_EARLY_COMMANDS = 20;

  private final Vertx vertx;
  private final Context loop;
  private final ServerWebSocket socket;
  private final LiveLimits limits;
  private final TopicRegistry channels;
  private final ViewerAuthenticator viewerAuthenticator;
  private final ViewerQuota viewerQuota;
  private final Runnable known;
  private final ViewerWriter viewerWriter;
  private final Promise<Void> admitted = Promise.promise();
  private ViewerKeepAlive keepAlive;
  private boolean asked;
  private int early;
  private boolean counted;
  private boolean over;

  /**
   * @param counted true if it is already counted in the quota
   * @param known runs once the viewer is authenticated
   */
  WebSocketViewer(
      Vertx vertx,
      Context loop,
      ServerWebSocket socket,
      LiveLimits limits,
      TopicRegistry channels,
      ViewerAuthenticator viewerAuthenticator,
      ViewerQuota viewerQuota,
      boolean counted,
      Runnable known) {
    this.viewerQuota = viewerQuota;
    this.counted = counted;
    this.known = known;
    this.vertx = vertx;
    this.loop = loop;
    this.socket = socket;
    this.limits = limits;
    this.channels = channels;
    this.viewerAuthenticator = viewerAuthenticator;
    viewerWriter = new ViewerWriter(this::write, limits.unsentChars(), this::caughtUp);
  }

  /** Starts serving an authenticated viewer; {@code check} checks the credential again later. */
  void admitted(CredentialCheck check) {
    if (over) {
      return;
    }
    asked = true;
    if (!counted && !viewerQuota.take()) {
      close(CloseCode.TOO_MANY, "too many watch already");
      return;
    }
    counted = true;
    known.run();
    keepAlive =
        new ViewerKeepAlive(vertx, limits, this, () -> socket.writePing(Buffer.buffer("?")), check);
    keepAlive.begin();
    admitted.tryComplete();
  }

  /** Closes the connection unless the viewer sends a token in time. */
  void awaitHello() {
    vertx.setTimer(
        limits.helloMillis(),
        t -> {
          if (!admitted.future().isComplete()) {
            close(CloseCode.UNAUTHENTICATED, "no {\"auth\": token} in time");
          }
        });
  }

  void heard(String text) {
    if (over) {
      return;
    }
    heardPong();
    try {
      if (text.length() > limits.inboundFrame()) {
        close(CloseCode.TOO_LARGE, "messages have at most " + limits.inboundFrame() + " bytes");
      } else {
        handle(ViewerCommand.parse(text));
      }
    } catch (ServiceFailure e) {
      close(CloseCode.of(e), CloseCode.reason(e));
    }
  }

  void heardPong() {
    if (keepAlive != null) {
      keepAlive.heard();
    }
  }

  /** Called when the socket is closed. */
  void gone() {
    over = true;
    if (counted) {
      counted = false;
      viewerQuota.leave();
    }
    if (keepAlive != null) {
      keepAlive.end();
    }
    channels.leaveAll(this);
  }

  @Override
  void show(LiveMessage message) {
    viewerWriter.offer(message.text());
  }

  @Override
  void close(int code, String reason) {
    if (!over) {
      gone();
      socket.close((short) code, reason);
    }
  }

  private void handle(ViewerCommand command) {
    if (command.auth() != null && !asked) {
      asked = true;
      CredentialCheck check = viewerAuthenticator.token(command.auth());
      check
          .check()
          .onComplete(
              who ->
                  loop.runOnContext(
                      v -> {
                        if (who.succeeded()) {
                          admitted(check);
                        } else {
                          close(CloseCode.of(who.cause()), CloseCode.reason(who.cause()));
                        }
                      }));
    }
    if (!asked) {
      close(CloseCode.UNAUTHENTICATED, "say {\"auth\": token} first");
    } else if (admitted.future().isComplete()) {
      subscribe(command);
    } else if (++early > MAX_EARLY_COMMANDS) {
      close(CloseCode.TOO_MANY, "wait until you are known");
    } else {
      admitted.future().onSuccess(v -> subscribe(command));
    }
  }

  private void subscribe(ViewerCommand command) {
    if (over) {
      return;
    }
    command.unsubscribe().forEach(topic -> channels.leave(topic, this));
    for (LiveTopic topic : command.subscribe()) {
      if (!channels.join(topic, this)) {
        close(CloseCode.TOO_MANY, "at most " + limits.topics() + " topics");
        return;
      }
    }
    show(LiveMessage.subscribed(topics().stream().map(LiveTopic::name).toList()));
  }

  private void caughtUp() {
    if (!over) {
      show(LiveMessage.resync(null));
    }
  }

  private Future<Void> write(String text) {
    Promise<Void> taken = Promise.promise();
    socket.writeTextMessage(text).onComplete(r -> loop.runOnContext(v -> taken.handle(r)));
    return taken.future();
  }
}
