package io.cta.server.live;

import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A viewer for tests: collects what it is sent. Used from the test's own thread. */
final class WatchingClient {
  final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
  final CompletableFuture<String> closed = new CompletableFuture<>();
  final WebSocket socket;

  private WatchingClient(WebSocket socket) {
    this.socket = socket;
    socket.textMessageHandler(text -> messages.add(new JsonObject(text)));
    socket.binaryMessageHandler(bytes -> messages.add(new JsonObject(bytes)));
    socket.closeHandler(v -> closed.complete(socket.closeStatusCode() + " " + reason(socket)));
  }

  static WatchingClient open(LiveServer server, WebSocketConnectOptions options) {
    CompletableFuture<WatchingClient> opened = new CompletableFuture<>();
    server.vertx.runOnContext(
        v -> {
          ClientWebSocket ws = server.sockets.webSocket();
          ws.connect(options)
              .map(WatchingClient::new)
              .onSuccess(opened::complete)
              .onFailure(opened::completeExceptionally);
        });
    return opened.orTimeout(10, TimeUnit.SECONDS).join();
  }

  static WebSocketConnectOptions at(int port, String path) {
    return new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(path);
  }

  static WatchingClient asViewer(LiveServer server, String... topics) throws Exception {
    WatchingClient client =
        open(server, at(server.port(), "/api/v1/live").putHeader("Authorization", "Bearer viewer"));
    client.subscribe(topics);
    return client;
  }

  void subscribe(String... topics) throws Exception {
    say(new JsonObject().put("subscribe", new JsonArray(java.util.List.of(topics))));
    next(m -> "subscribed".equals(m.getString("type")));
  }

  void say(JsonObject message) {
    socket.writeTextMessage(message.encode());
  }

  /** The next message that matches; earlier ones are skipped. */
  JsonObject next(Predicate<JsonObject> fits) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (System.nanoTime() < until) {
      JsonObject message = messages.poll(100, TimeUnit.MILLISECONDS);
      if (message != null && fits.test(message)) {
        return message;
      }
    }
    throw new AssertionError("no such message within 10 s");
  }

  JsonObject delta() throws InterruptedException {
    return next(m -> "delta".equals(m.getString("type")));
  }

  String closed() {
    return closed.orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static String reason(WebSocket socket) {
    return socket.closeReason() == null ? "" : socket.closeReason();
  }
}
