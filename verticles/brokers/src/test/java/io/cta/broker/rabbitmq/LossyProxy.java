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
 * Stands before a RabbitMQ and loses what declares one queue, as if the server never answered.
 * Frames as AMQP 0-9-1 has them, sections 2.3.5 and 1.7.2.1.
 */
final class LossyProxy implements AutoCloseable {
  private static final int PROTOCOL_HEADER = 8;
  private static final int METHOD = 1;
  private static final int QUEUE_DECLARE = 50 << 16 | 10;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final InetAddress loopback = InetAddress.getLoopbackAddress();
  private final int port = KeptPort.next();
  private final int target;
  private final ServerSocket door;
  private volatile String unheard;

  LossyProxy(int target, String unheard) throws IOException {
    this.target = target;
    this.unheard = unheard;
    door = new ServerSocket(port, 50, loopback);
    threads.execute(() -> quietly(this::welcome));
  }

  String uri() {
    return "amqp://guest:guest@127.0.0.1:" + port;
  }

  /** Everything is heard from now on. */
  void heal() {
    unheard = null;
  }

  private void welcome() throws IOException {
    while (true) {
      Socket client = door.accept();
      Socket server = new Socket(loopback, target);
      open.addAll(List.of(client, server));
      threads.execute(() -> quietly(() -> frames(client, server)));
      threads.execute(
          () -> quietly(() -> server.getInputStream().transferTo(client.getOutputStream())));
    }
  }

  private void frames(Socket client, Socket server) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    DataOutputStream out = new DataOutputStream(server.getOutputStream());
    out.write(in.readNBytes(PROTOCOL_HEADER));
    while (true) {
      int type = in.readUnsignedByte();
      int channel = in.readUnsignedShort();
      byte[] payload = in.readNBytes(in.readInt());
      int end = in.readUnsignedByte();
      if (type == METHOD && declares(ByteBuffer.wrap(payload))) {
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
    return new String(name, StandardCharsets.UTF_8).equals(unheard);
  }

  private interface Work {
    void run() throws IOException;
  }

  private void quietly(Work work) {
    try {
      work.run();
    } catch (IOException gone) {
      // one side has left, or this is closed
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
