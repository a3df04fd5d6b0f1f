package io.cta.agent.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback whose answers a test writes; it remembers what was asked. */
final class FileServer implements AutoCloseable {
  /** Answers one request. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  /** A request that came, by headers that matter. */
  record Asked(String path, String range, String ifRange, String ifNoneMatch, String login) {}

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  FileServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  void put(String path, byte[] content) {
    answer(path, exchange -> send(exchange, 200, content));
  }

  void answer(String path, Answer answer) {
    answers.put(path, answer);
  }

  static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
  }

  /** Says that so many bytes come, sends others, and cuts the connection. */
  static void cut(HttpExchange exchange, int status, long said, byte[] content) throws IOException {
    exchange.sendResponseHeaders(status, said);
    exchange.getResponseBody().write(content);
    exchange.getResponseBody().flush();
    throw new IOException("cut");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      String path = exchange.getRequestURI().getPath();
      asked.add(
          new Asked(
              path,
              headers.getFirst("Range"),
              headers.getFirst("If-Range"),
              headers.getFirst("If-None-Match"),
              headers.getFirst("Authorization")));
      Answer answer = answers.get(path);
      if (answer == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        answer.to(exchange);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
