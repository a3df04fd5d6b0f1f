package io.cta.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.dashboard.RunningServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole server survives unauthenticated clients that begin requests and never finish them. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SlowClientsTest {
  private static final int PER_ADDRESS = 60;

  private static Vertx vertx;
  private static RunningServer server;
  @TempDir static Path directory;
  private final List<Socket> sockets = new ArrayList<>();

  @BeforeAll
  static void begin() throws Exception {
    vertx = Vertx.vertx();
    server =
        new RunningServer(
            vertx,
            directory,
            Map.of(
                "CTA_HTTP_LIMITS_CONNECTIONS_PER_ADDRESS", String.valueOf(PER_ADDRESS),
                "CTA_HTTP_LIMITS_BODIES_PER_ADDRESS", "20",
                "CTA_HTTP_LIMITS_HEADER_TIMEOUT", "600ms",
                "CTA_HTTP_LIMITS_BODY_TIMEOUT", "1500ms"));
  }

  @AfterAll
  static void end() throws Exception {
    server.close();
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void hangUp() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void a_connection_that_says_nothing_or_half_a_head_is_closed() throws Exception {
    assertEquals("", answer(open("")));
    assertEquals("", answer(open("GET / HTTP/1.1\r\nHost: x\r\n")));
  }

  @Test
  void a_body_that_does_not_come_in_time_gets_408_and_its_connection_is_closed() throws Exception {
    String login = post("/api/v1/login", "Content-Length: 1000") + "{\"name\":";
    assertTrue(answer(open(login)).startsWith("HTTP/1.1 408"));
    String chunked = post("/api/v1/login", "Transfer-Encoding: chunked") + "5\r\n{\"nam\r\n";
    assertTrue(answer(open(chunked)).startsWith("HTTP/1.1 408"));
  }

  @Test
  void a_body_after_the_answer_does_not_keep_the_connection() throws Exception {
    String tokens = post("/api/v1/tokens", "Content-Length: 900000") + "x";
    assertTrue(answer(open(tokens)).startsWith("HTTP/1.1 401"));
  }

  @Test
  void an_unauthenticated_client_may_send_a_small_body_only() throws Exception {
    String big = "x".repeat(20_000);
    String login = post("/api/v1/login", "Connection: close\r\nContent-Length: 20000") + big;
    assertTrue(answer(open(login)).startsWith("HTTP/1.1 413"));
  }

  @Test
  void five_hundred_open_bodies_leave_the_server_to_others() throws Exception {
    for (int i = 0; i < 500; i++) {
      Socket socket = new Socket("127.0.0.1", URI.create(server.url()).getPort());
      sockets.add(socket);
      try {
        write(socket, post("/api/v1/login", "Content-Length: 1048576") + "x".repeat(1000));
      } catch (IOException e) {
        continue; // closed at once
      }
    }
    for (int tries = 0; ; tries++) {
      try {
        assertEquals(200, server.get("/api/v1/machines").statusCode());
        return;
      } catch (IOException e) {
        assertTrue(tries < 100, "the server does not come back: " + e);
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private static String post(String path, String length) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n%s\r\n\r\n"
        .formatted(path, length);
  }

  private Socket open(String request) throws IOException {
    Socket socket = new Socket("127.0.0.1", URI.create(server.url()).getPort());
    sockets.add(socket);
    socket.setSoTimeout(10_000);
    write(socket, request);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Everything received until the server closed; fails when it does not close. */
  private static String answer(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.net.SocketException e) {
      return "";
    }
  }
}
