package io.cta.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A server on the loopback that answers as it is told to; it repeats the last answer to a path. */
final class FakeServer implements AutoCloseable {
  /** In place of a status: the connection is cut without an answer. */
  static final int CUT = 0;

  /** A request that was received. */
  record ReceivedRequest(
      String method, String path, String authorization, String key, String body) {
    JsonObject json() {
      return new JsonObject(body);
    }
  }

  private record Answer(int status, String body, Map<String, String> headers) {}

  private final HttpServer http;
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  final List<ReceivedRequest> asked = new CopyOnWriteArrayList<>();
  private volatile Consumer<ReceivedRequest> before = request -> {};

  FakeServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::handle);
    http.start();
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  FakeServer answer(String method, String path, int status, String body) {
    return answer(method, path, status, body, Map.of());
  }

  FakeServer answer(
      String method, String path, int status, String body, Map<String, String> headers) {
    answers
        .computeIfAbsent(method + " " + path, k -> new ArrayDeque<>())
        .add(new Answer(status, body, headers));
    return this;
  }

  /** Calls the hook with each request, on the server's thread, before it is answered. */
  void beforeAnswers(Consumer<ReceivedRequest> hook) {
    before = hook;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      ReceivedRequest received =
          new ReceivedRequest(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().getFirst("Authorization"),
              exchange.getRequestHeaders().getFirst("Idempotency-Key"),
              body);
      asked.add(received);
      before.accept(received);
      Answer answer = next(exchange.getRequestMethod() + " " + path);
      if (answer.status() == CUT) {
        return;
      }
      answer.headers().forEach(exchange.getResponseHeaders()::add);
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private synchronized Answer next(String key) {
    Deque<Answer> left = answers.getOrDefault(key, new ArrayDeque<>());
    Answer nothing = new Answer(404, "{\"detail\":\"no " + key + "\"}", Map.of());
    return left.size() > 1 ? left.poll() : left.isEmpty() ? nothing : left.peek();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
