package io.cta.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Takes commit statuses by GitLab's table of transitions, one row after a final one included. */
final class CommitStatusRecorder implements AutoCloseable {
  static final String TOKEN = "glpat-of-the-kill-test";

  /** The rows of each commit: all states of each, in order. */
  private final Map<String, List<List<String>>> rows = new ConcurrentHashMap<>();

  private final Map<String, JsonObject> last = new ConcurrentHashMap<>();
  private final HttpServer server;

  CommitStatusRecorder() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized List<List<String>> rows(String commit) {
    return rows.getOrDefault(commit, List.of()).stream().map(List::copyOf).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] sent = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("PRIVATE-TOKEN"))) {
      answer(exchange, 401, "{}");
    } else if (exchange.getRequestMethod().equals("GET")) {
      String commit = path.replaceFirst(".*/commits/([0-9a-f]+)/statuses$", "$1");
      JsonObject known = last.get(commit);
      answer(
          exchange, 200, (known == null ? new JsonArray() : new JsonArray().add(known)).encode());
    } else {
      String commit = path.substring(path.lastIndexOf('/') + 1);
      JsonObject body = new JsonObject(new String(sent, StandardCharsets.UTF_8));
      boolean taken = take(commit, body);
      answer(
          exchange,
          taken ? 201 : 400,
          taken ? "{}" : "{\"message\":\"Cannot transition status via :run from :running\"}");
    }
  }

  private synchronized boolean take(String commit, JsonObject body) {
    String state = body.getString("state");
    List<List<String>> all = rows.computeIfAbsent(commit, key -> new ArrayList<>());
    List<String> row = all.isEmpty() ? null : all.get(all.size() - 1);
    String now = row == null ? "" : row.get(row.size() - 1);
    boolean open = now.equals("pending") || now.equals("running");
    if (open && (state.equals("pending") || state.equals(now))) {
      return false;
    }
    if (open) {
      row.add(state);
    } else {
      all.add(new ArrayList<>(List.of(state)));
    }
    last.put(commit, body.copy().put("status", state).put("id", all.size()));
    return true;
  }

  private static void answer(HttpExchange exchange, int code, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
