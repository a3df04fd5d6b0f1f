package io.cta.bench.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GatewayProxyTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;
  private GatewayProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    proxy = new GatewayProxy(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.stop(0);
  }

  @Test
  void handsOnAndRefusesWhileItIsDown() throws Exception {
    assertEquals(204, status());
    proxy.down();
    assertEquals(502, status());
    proxy.up();
    assertEquals(204, status());
  }

  @Test
  void refusesWhileTheServerIsAway() throws Exception {
    server.stop(0);
    assertEquals(502, status());
  }

  @Test
  void endsWhatIsConnectedWhenItGoesDown() throws Exception {
    try (Socket open =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(proxy.url()).getPort())) {
      assertEquals(204, status());
      proxy.down();
      int read = -1;
      try {
        read = open.getInputStream().read();
      } catch (IOException reset) {
        // that is an end, too
      }
      assertEquals(-1, read);
    }
  }

  @Test
  void isGoneWhenItIsClosed() {
    proxy.close();
    assertThrows(IOException.class, this::status);
  }

  private int status() throws IOException, InterruptedException {
    HttpRequest ask = HttpRequest.newBuilder(URI.create(proxy.url() + "/health")).build();
    return client.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
