package io.cta.bench.fleet;

import io.cta.broker.KeptPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy before a server: forwards what comes. While the server is away or the proxy itself is
 * down, it answers 502 with a page of its own, as proxies do.
 */
public final class GatewayProxy implements AutoCloseable {
  private static final String PAGE =
      "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>";
  private static final byte[] BAD_GATEWAY =
      ("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: "
              + PAGE.length()
              + "\r\n\r\n"
              + PAGE)
          .getBytes(StandardCharsets.US_ASCII);

  private final InetAddress loopback = InetAddress.getLoopbackAddress();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final int port = KeptPort.next();
  private final int target;
  private final ServerSocket door;
  private volatile boolean down;

  /**
   * @param target port of the server
   */
  public GatewayProxy(int target) {
    this.target = target;
    try {
      door = new ServerSocket(port, 500, loopback);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::welcome);
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Ends every connection and answers 502 from now on. */
  public void down() {
    down = true;
    open.forEach(GatewayProxy::shut);
  }

  /** Forwards again. */
  public void up() {
    down = false;
  }

  private void welcome() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    Socket server = null;
    try {
      server = down ? null : reached();
      if (server == null) {
        refuse(client);
        return;
      }
      open.add(server);
      if (down) {
        return; // down() was called meanwhile and did not know this connection
      }
      Socket to = server;
      threads.execute(() -> pump(to, client));
      pump(client, server);
    } catch (IOException gone) {
      // one side is gone; the other is closed below
    } finally {
      end(client);
      end(server);
    }
  }

  private Socket reached() {
    try {
      return new Socket(loopback, target);
    } catch (IOException away) {
      return null;
    }
  }

  /** Reads the request before it answers: clients take an answer to no request for an error. */
  private static void refuse(Socket client) throws IOException {
    client.setSoTimeout(2_000);
    InputStream in = client.getInputStream();
    int read = in.read(new byte[64 * 1024]);
    if (read > 0) {
      client.getOutputStream().write(BAD_GATEWAY);
      client.shutdownOutput();
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] bytes = new byte[16 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        out.write(bytes, 0, n);
      }
    } catch (IOException gone) {
      // closed below
    } finally {
      end(from);
      end(to);
    }
  }

  private void end(Socket socket) {
    if (socket != null) {
      open.remove(socket);
      shut(socket);
    }
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // the connection is given up in any case
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    down();
    threads.shutdownNow();
  }
}
