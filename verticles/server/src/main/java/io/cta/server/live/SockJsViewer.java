package io.cta.server.live;

import io.cta.server.http.CloseCode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;

/** A viewer over SockJS. The feed's event loop only; {@link SockJsRoute} switches to it. */
final class SockJsViewer extends LiveViewer {
  private final SockJSSocket socket;
  private final Context loop;
  private final TopicRegistry channels;
  private final ViewerWriter viewerWriter;
  private boolean over;

  SockJsViewer(SockJSSocket socket, Context loop, LiveLimits limits, TopicRegistry channels) {
    this.socket = socket;
    this.loop = loop;
    this.channels = channels;
    viewerWriter = new ViewerWriter(this::write, limits.unsentChars(), this::caughtUp);
  }

  void join(LiveTopic topic) {
    if (!over && !channels.join(topic, this)) {
      close(CloseCode.TOO_MANY, "too many topics");
    }
  }

  void leave(LiveTopic topic) {
    channels.leave(topic, this);
  }

  void gone() {
    over = true;
    channels.leaveAll(this);
  }

  @Override
  void show(LiveMessage message) {
    viewerWriter.offer(message.sockJs());
  }

  @Override
  void close(int code, String reason) {
    if (!over) {
      gone();
      socket.close(code, reason);
    }
  }

  private void caughtUp() {
    topics().forEach(topic -> show(LiveMessage.resync(topic.name())));
  }

  private Future<Void> write(String text) {
    Promise<Void> taken = Promise.promise();
    socket.write(text).onComplete(r -> loop.runOnContext(v -> taken.handle(r)));
    return taken.future();
  }
}
