package io.cta.agent.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves the repositories of a directory on loopback by {@code git http-backend}, in version 0 of
 * the protocol, which gives no commit but the tips of branches. Source: git-http-backend(1).
 */
public final class GitHttpServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Path root;

  /** The logins that came, in their order; of a request without one an empty text. */
  final List<String> logins = new CopyOnWriteArrayList<>();

  private final AtomicInteger largeFilesSent = new AtomicInteger();
  private volatile String largeFile;
  private volatile String largeFileDigest;
  private volatile String login;
  private volatile String redirect;

  public GitHttpServer(Path root) throws IOException {
    this.root = root;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** From now on only this login is let in. */
  public GitHttpServer login(String user, String password) {
    byte[] text = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    login = "Basic " + Base64.getEncoder().encodeToString(text);
    return this;
  }

  /** From now on every request that is let in is sent to that address. */
  void redirectTo(String address) {
    redirect = address;
  }

  /** Has one file of Git LFS, by its batch API (docs/api/batch.md of git-lfs). */
  void largeFile(String digest, String content) {
    largeFile = content;
    largeFileDigest = digest;
  }

  int largeFilesSent() {
    return largeFilesSent.get();
  }

  private void largeFile(HttpExchange exchange) throws IOException {
    boolean batch = exchange.getRequestURI().getPath().endsWith("/objects/batch");
    String href = url("lfs/" + largeFileDigest);
    String body =
        batch
            ? "{\"transfer\":\"basic\",\"objects\":[{\"oid\":\""
                + largeFileDigest
                + "\",\"size\":"
                + largeFile.length()
                + ",\"actions\":{\"download\":{\"href\":\""
                + href
                + "\"}}}]}"
            : largeFile;
    largeFilesSent.addAndGet(batch ? 0 : 1);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/vnd.git-lfs+json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String given = exchange.getRequestHeaders().getFirst("Authorization");
      logins.add(given == null ? "" : given);
      if (login != null && !login.equals(given)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
        exchange.sendResponseHeaders(401, -1);
      } else if (redirect != null) {
        exchange.getResponseHeaders().set("Location", redirect + exchange.getRequestURI());
        exchange.sendResponseHeaders(302, -1);
      } else if (largeFile != null && exchange.getRequestURI().getPath().contains("/lfs/")) {
        largeFile(exchange);
      } else {
        backend(exchange);
      }
    }
  }

  private void backend(HttpExchange exchange) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
    Map<String, String> env = builder.environment();
    env.put("GIT_PROJECT_ROOT", root.toString());
    env.put("GIT_HTTP_EXPORT_ALL", "1");
    env.put("PATH_INFO", exchange.getRequestURI().getPath());
    env.put("QUERY_STRING", text(exchange.getRequestURI().getRawQuery()));
    env.put("REQUEST_METHOD", exchange.getRequestMethod());
    env.put("CONTENT_TYPE", text(exchange.getRequestHeaders().getFirst("Content-Type")));
    env.put(
        "HTTP_CONTENT_ENCODING", text(exchange.getRequestHeaders().getFirst("Content-Encoding")));
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (OutputStream out = process.getOutputStream()) {
      exchange.getRequestBody().transferTo(out);
    }
    try (InputStream in = process.getInputStream()) {
      int status = 200;
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        String[] header = line.split(": ", 2);
        if (header[0].equals("Status")) {
          status = Integer.parseInt(header[1].substring(0, 3));
        } else {
          exchange.getResponseHeaders().add(header[0], header[1]);
        }
      }
      exchange.sendResponseHeaders(status, 0);
      in.transferTo(exchange.getResponseBody());
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        out.write(b);
      }
    }
    return out.toString(StandardCharsets.US_ASCII);
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
