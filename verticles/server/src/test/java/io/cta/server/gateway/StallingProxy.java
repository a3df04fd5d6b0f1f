package io.cta.server.gateway;

import static io.cta.broker.TestEventLoop.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A network path that can go dead without either end being told. */
final class StallingProxy {
  private final NetServer server;
  private final NetClient client;
  private final int target;
  private final AtomicInteger stalledUpTo = new AtomicInteger(-1);
  private final Queue<NetSocket> fromServer = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connections = new AtomicInteger();

  StallingProxy(Vertx vertx, int target) {
    this.target = target;
    client = vertx.createNetClient();
    server = vertx.createNetServer().connectHandler(this::accept);
    await(server.listen(0, "127.0.0.1"));
  }

  int port() {
    return server.actualPort();
  }

  int connections() {
    return connections.get();
  }

  /** Existing connections drop everything from now on; later ones work. */
  void stall() {
    stalledUpTo.set(connections.get() - 1);
  }

  /** Stops reading what the server sends over the existing connections. */
  void stopReading() {
    fromServer.forEach(NetSocket::pause);
  }

  void close() {
    await(server.close());
    await(client.close());
  }

  private void accept(NetSocket in) {
    int number = connections.getAndIncrement();
    in.pause();
    client
        .connect(target, "127.0.0.1")
        .onSuccess(
            out -> {
              in.handler(bytes -> forward(number, bytes, out));
              out.handler(bytes -> forward(number, bytes, in));
              fromServer.add(out);
              in.closeHandler(v -> close(number, out));
              out.closeHandler(v -> close(number, in));
              in.resume();
            })
        .onFailure(e -> in.close());
  }

  private void forward(int number, Buffer bytes, NetSocket to) {
    if (number > stalledUpTo.get()) {
      to.write(bytes);
    }
  }

  private void close(int number, NetSocket other) {
    if (number > stalledUpTo.get()) {
      other.close();
    }
  }
}
