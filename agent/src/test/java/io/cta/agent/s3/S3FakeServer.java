package io.cta.agent.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cta.s3.S3Credentials;
import io.cta.s3.S3Signer;
import io.cta.s3.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A strict store of S3 on loopback. It checks every signature, its time and its region, wants what
 * real stores want, refuses what some of them do not know, and does what a test tells it to. It
 * remembers all requests.
 */
public final class S3FakeServer implements AutoCloseable {
  /** The only user. */
  public static final S3Credentials USER = new S3Credentials("the-access-key", "the-secret", null);

  private static final Duration MAX_SKEW = Duration.ofMinutes(15);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** A request that came. */
  public record Asked(String method, String key, Map<String, String> query, String region) {
    /** Method, key and, when it is about an upload, the number of the part. */
    public String text() {
      String part = query.containsKey("partNumber") ? " part " + query.get("partNumber") : "";
      return method + " " + key + (query.containsKey("uploads") ? " begin" : part);
    }
  }

  /** Answers a request instead of the store, or returns false. */
  public interface Fault {
    boolean answers(HttpExchange exchange, Asked asked) throws IOException;
  }

  public final List<Asked> asked = new CopyOnWriteArrayList<>();
  public final S3FakeBucket bucket = new S3FakeBucket();
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Duration ahead = Duration.ZERO;
  private volatile String region = "us-east-1";
  private volatile boolean redirects;

  public S3FakeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Its clock is that much ahead. */
  public void clock(Duration offset) {
    ahead = offset;
  }

  /**
   * Its bucket is in that region.
   *
   * @param redirect whether other regions are told so by 301 instead of 400
   */
  public void region(String name, boolean redirect) {
    region = name;
    redirects = redirect;
  }

  /** Asked before each request. */
  public void fault(Fault fault) {
    faults.add(fault);
  }

  /** Refuses the next requests of a kind, so many times. */
  public void refuse(int times, String text, int status, String code) {
    int[] left = {times};
    fault(
        (exchange, one) -> {
          if (!one.text().startsWith(text) || left[0]-- <= 0) {
            return false;
          }
          error(exchange, status, code, "");
          return true;
        });
  }

  /** How many requests of a kind came. */
  public long count(String text) {
    return asked.stream().filter(one -> one.text().startsWith(text)).count();
  }

  public static void error(HttpExchange exchange, int status, String code, String more)
      throws IOException {
    String xml = "<Error><Code>" + code + "</Code><Message>refused</Message>" + more + "</Error>";
    send(exchange, status, xml.getBytes(StandardCharsets.UTF_8));
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Instant now = Instant.now().plus(ahead);
      exchange
          .getResponseHeaders()
          .set("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
      String[] path = exchange.getRequestURI().getRawPath().split("/", 3);
      String key = path.length > 2 ? decoded(path[2]) : "";
      Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
      String login = header(exchange, "Authorization");
      String[] scope = login.replaceAll(".*Credential=([^,]*).*", "$1").split("/");
      String signedFor = scope.length > 2 ? scope[2] : "";
      Asked one = new Asked(exchange.getRequestMethod(), key, query, signedFor);
      asked.add(one);
      byte[] body = exchange.getRequestBody().readAllBytes();
      for (Fault fault : faults) {
        if (fault.answers(exchange, one)) {
          return;
        }
      }
      if (isGenuine(exchange, body, login, signedFor, now)) {
        bucket.answer(exchange, one, body);
      }
    }
  }

  private boolean isGenuine(
      HttpExchange exchange, byte[] body, String login, String signedFor, Instant now)
      throws IOException {
    for (String name : List.of("x-amz-trailer", "x-amz-sdk-checksum-algorithm")) {
      if (exchange.getRequestHeaders().containsKey(name)) {
        error(exchange, 501, "NotImplemented", "<Header>" + name + "</Header>");
        return false;
      }
    }
    boolean writes = exchange.getRequestMethod().equals("PUT");
    if (header(exchange, "Content-Encoding").contains("aws-chunked")
        || writes && !exchange.getRequestHeaders().containsKey("Content-Length")) {
      error(exchange, 501, "NotImplemented", "");
      return false;
    }
    Instant time = Instant.from(TIME.parse(header(exchange, "x-amz-date")));
    if (Duration.between(time, now).abs().compareTo(MAX_SKEW) > 0) {
      error(exchange, 403, "RequestTimeTooSkewed", "<ServerTime>" + now + "</ServerTime>");
      return false;
    }
    if (!signedFor.equals(region)) {
      exchange.getResponseHeaders().set("x-amz-bucket-region", region);
      error(
          exchange,
          redirects ? 301 : 400,
          redirects ? "PermanentRedirect" : "AuthorizationHeaderMalformed",
          "<Region>" + region + "</Region>");
      return false;
    }
    String sha256 = header(exchange, "x-amz-content-sha256");
    if (!sha256.equals(Sha256.of(body))) {
      error(exchange, 400, "XAmzContentSHA256Mismatch", "");
      return false;
    }
    if (!login.equals(signature(exchange, login, sha256, time))) {
      error(exchange, 403, "SignatureDoesNotMatch", "");
      return false;
    }
    return true;
  }

  private String signature(HttpExchange exchange, String login, String sha256, Instant time) {
    Map<String, String> signed = new LinkedHashMap<>();
    for (String name : login.replaceAll(".*SignedHeaders=([^,]*).*", "$1").split(";")) {
      if (!name.equals("host")) {
        signed.put(name, header(exchange, name));
      }
    }
    boolean all =
        exchange.getRequestHeaders().keySet().stream()
            .map(String::toLowerCase)
            .filter(name -> name.startsWith("x-amz-"))
            .allMatch(signed::containsKey);
    URI uri = URI.create("http://" + header(exchange, "Host") + exchange.getRequestURI());
    return all
        ? new S3Signer(USER)
            .sign(exchange.getRequestMethod(), uri, signed, sha256, region, time)
            .get("Authorization")
        : "x-amz headers are not signed";
  }

  static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> out = new LinkedHashMap<>();
    for (String one : raw == null ? new String[0] : raw.split("&")) {
      String[] parts = one.split("=", 2);
      out.put(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
    }
    return out;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** What a machine has that may use it. */
  public static S3Defaults defaults() {
    return new S3Defaults(USER, "us-east-1", Clock.systemUTC());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
