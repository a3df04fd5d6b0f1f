package io.cta.broker.rabbitmq;

import io.cta.broker.KeptPort;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy in front of a RabbitMQ that drops the declaration of one queue, as if the server never
 * answered. Reads frames as AMQP 0-9-1 defines them, sections 2.3.5 and 1.7.2.1.
 */
final class LossyProxy implements AutoCloseable {
  private static final int PROTOCOL_HEADER_BYTES = 8;
  private static final int METHOD_FRAME = 1;
  private static final int QUEUE_DECLARE = 50 << 16 | 10;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final InetAddress loopback = InetAddress.getLoopbackAddress();
  private final int port = KeptPort.next();
  private final int target;
  private final ServerSocket listener;
  private volatile String droppedQueue;

  LossyProxy(int target, String droppedQueue) throws IOException {
    this.target = target;
    this.droppedQueue = droppedQueue;
    listener = new ServerSocket(port, 50, loopback);
    threads.execute(() -> untilClosed(this::accept));
  }

  String uri() {
    return "amqp://guest:guest@127.0.0.1:" + port;
  }

  /** Drops nothing from now on. */
  void heal() {
    droppedQueue = null;
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket server = new Socket(loopback, target);
      open.addAll(List.of(client, server));
      threads.execute(() -> untilClosed(() -> passFrames(client, server)));
      threads.execute(
          () -> untilClosed(() -> server.getInputStream().transferTo(client.getOutputStream())));
    }
  }

  private void passFrames(Socket client, Socket server) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    DataOutputStream out = new DataOutputStream(server.getOutputStream());
    out.write(in.readNBytes(PROTOCOL_HEADER_BYTES));
    while (true) {
      int type = in.readUnsignedByte();
      int channel = in.readUnsignedShort();
      byte[] payload = in.readNBytes(in.readInt());
      int end = in.readUnsignedByte();
      if (type == METHOD_FRAME && declares(ByteBuffer.wrap(payload))) {
        continue;
      }
      out.writeByte(type);
      out.writeShort(channel);
      out.writeInt(payload.length);
      out.write(payload);
      out.writeByte(end);
      out.flush();
    }
  }

  private boolean declares(ByteBuffer method) {
    if (method.getInt() != QUEUE_DECLARE) {
      return false;
    }
    method.getShort(); // reserved
    byte[] name = new byte[method.get() & 0xff];
    method.get(name);
    return new String(name, StandardCharsets.UTF_8).equals(droppedQueue);
  }

  private interface Work {
    void run() throws IOException;
  }

  private void untilClosed(Work work) {
    try {
      work.run();
    } catch (IOException gone) {
      // one side has left, or this is closed
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
