package io.cta.server.store.mongo;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.ByteBuf;
import org.bson.RawBsonDocument;

/** A network path to a MongoDB server that breaks at a chosen command, or as a whole. */
public final class WireProxy implements AutoCloseable {
  /** What happens to a command. */
  public sealed interface Fault {
    /** The connection is cut before the server sees it. */
    record CutBefore() implements Fault {}

    /** The server carries it out; the connection is cut instead of its answer. */
    record CutAfter() implements Fault {}

    /** The server does not see it; this is the answer. */
    record Answer(String json) implements Fault {}

    /** The server carries it out; this comes instead of its answer. */
    record AnswerAfter(String json) implements Fault {}
  }

  private final NetServer server;
  private final NetClient client;
  private final int target;
  private final ConcurrentHashMap<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, AtomicInteger> seen = new ConcurrentHashMap<>();
  private final Queue<NetSocket> open = new ConcurrentLinkedQueue<>();
  private volatile boolean down;

  public WireProxy(Vertx vertx, int target) {
    this.target = target;
    client = vertx.createNetClient();
    server = vertx.createNetServer().connectHandler(this::accept);
    server.listen(0, "127.0.0.1").await();
  }

  public String url() {
    return "mongodb://127.0.0.1:" + server.actualPort();
  }

  /** Plans faults for the next such commands, after those planned before. */
  public void next(String command, Fault... more) {
    Deque<Fault> all = faults.computeIfAbsent(command, c -> new ConcurrentLinkedDeque<>());
    all.addAll(java.util.List.of(more));
  }

  /** How many such commands came. */
  public int seen(String command) {
    return seen.getOrDefault(command, new AtomicInteger()).get();
  }

  /** Cuts all connections, and new ones too. */
  public void down() {
    down = true;
    open.forEach(NetSocket::close);
  }

  public void up() {
    down = false;
  }

  @Override
  public void close() {
    server.close().await();
    client.close().await();
  }

  private void accept(NetSocket in) {
    if (down) {
      in.close();
      return;
    }
    open.add(in);
    in.pause();
    client
        .connect(target, "127.0.0.1")
        .onSuccess(out -> new Line(in, out).start())
        .onFailure(e -> in.close());
  }

  /** One connection, on its event loop. */
  private final class Line {
    private final NetSocket in;
    private final NetSocket out;
    private Buffer asked = Buffer.buffer();
    private Buffer answered = Buffer.buffer();
    private Fault pending;

    Line(NetSocket in, NetSocket out) {
      this.in = in;
      this.out = out;
    }

    void start() {
      in.handler(bytes -> asked = messages(asked.appendBuffer(bytes), this::ask));
      out.handler(bytes -> answered = messages(answered.appendBuffer(bytes), this::answer));
      in.closeHandler(
          v -> {
            open.remove(in);
            out.close();
          });
      out.closeHandler(v -> in.close());
      in.resume();
    }

    private void ask(Buffer message) {
      String command = command(message);
      seen.computeIfAbsent(command, c -> new AtomicInteger()).incrementAndGet();
      Deque<Fault> planned = faults.get(command);
      Fault fault = planned == null ? null : planned.poll();
      if (fault instanceof Fault.CutBefore) {
        in.close();
      } else if (fault instanceof Fault.Answer answer) {
        in.write(reply(answer.json(), message.getIntLE(4)));
      } else {
        pending = fault;
        out.write(message);
      }
    }

    private void answer(Buffer message) {
      Fault fault = pending;
      pending = null;
      if (fault instanceof Fault.CutAfter) {
        in.close();
      } else if (fault instanceof Fault.AnswerAfter answer) {
        in.write(reply(answer.json(), message.getIntLE(8)));
      } else {
        in.write(message);
      }
    }
  }

  private static Buffer messages(Buffer bytes, java.util.function.Consumer<Buffer> each) {
    int at = 0;
    while (bytes.length() - at >= 4 && bytes.length() - at >= bytes.getIntLE(at)) {
      int length = bytes.getIntLE(at);
      each.accept(bytes.getBuffer(at, at + length));
      at += length;
    }
    return bytes.getBuffer(at, bytes.length());
  }

  /** The name of an OP_MSG's command: the first key of the document in its first section. */
  private static String command(Buffer message) {
    int opMsg = 2013;
    if (message.getIntLE(12) != opMsg) {
      return "";
    }
    int from = 16 + 4 + 1 + 4 + 1;
    int to = from;
    while (message.getByte(to) != 0) {
      to++;
    }
    return message.getString(from, to);
  }

  private static Buffer reply(String json, int to) {
    ByteBuf body = RawBsonDocument.parse(json).getByteBuffer();
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    return Buffer.buffer()
        .appendIntLE(16 + 4 + 1 + bytes.length)
        .appendIntLE(1)
        .appendIntLE(to)
        .appendIntLE(2013)
        .appendIntLE(0)
        .appendByte((byte) 0)
        .appendBytes(bytes);
  }
}
