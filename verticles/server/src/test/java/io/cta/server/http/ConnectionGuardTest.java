package io.cta.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.ConditionPoller;
import io.cta.time.MonotonicClock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The number of connections is limited, per address and in total. */
@Timeout(30)
class ConnectionGuardTest {
  private static final HttpLimits LIMITS =
      new HttpLimits(5, 3, 10, 10, 1000, 1000, Duration.ofMinutes(1), Duration.ofMinutes(1));

  private final Vertx vertx = Vertx.vertx();
  private final ConnectionGuard guard =
      new ConnectionGuard(LIMITS, TrustedProxies.NONE, MonotonicClock.system());
  private final List<Socket> sockets = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws Exception {
    Router router = Router.router(vertx);
    router.route().handler(guard::request);
    router
        .get("/known")
        .handler(
            ctx -> {
              ConnectionGuard.trust(ctx);
              ctx.end("known");
            });
    router.get("/").handler(ctx -> ctx.end("hello"));
    server =
        vertx
            .createHttpServer()
            .connectionHandler(guard::opened)
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .await(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  @Test
  void one_more_than_an_address_may_have_is_closed_and_the_others_live() throws Exception {
    List<Socket> three = List.of(open("/"), open("/"), open("/"));
    assertEquals("", answer(open("/")));
    for (Socket socket : three) {
      assertTrue(answer(socket).contains("hello"));
    }
    assertEquals(1, guard.refused());
  }

  @Test
  void a_closed_connection_makes_room_for_another() throws Exception {
    for (int i = 0; i < 20; i++) {
      Socket socket = open("/");
      assertTrue(answer(socket).contains("hello"));
      socket.close();
      awaitOpen(0);
    }
  }

  @Test
  void an_authenticated_connection_counts_in_total_but_not_for_its_address() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertTrue(answer(open("/known")).contains("known"), "connection " + i);
    }
    assertEquals("", answer(open("/known")));
    sockets.get(0).close();
    awaitOpen(4);
    assertTrue(answer(open("/known")).contains("known"));
  }

  private Socket open(String path) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.actualPort());
    sockets.add(socket);
    socket.setSoTimeout(10_000);
    String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** The first bytes of the response; empty when the connection was closed. */
  private static String answer(Socket socket) throws IOException {
    byte[] bytes = new byte[1000];
    try {
      int n = socket.getInputStream().read(bytes);
      return n < 0 ? "" : new String(bytes, 0, n, StandardCharsets.US_ASCII);
    } catch (SocketException e) {
      return "";
    }
  }

  private void awaitOpen(int open) {
    ConditionPoller.holds("connections that are open", () -> guard.open() == open);
  }
}
