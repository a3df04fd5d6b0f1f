package io.cta.cli.client;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A client of the server's REST interface, one blocking call at a time. A refusal is a {@link
 * CliFailure}. A failure that may pass, no answer at all or one that is not the server's, is a
 * {@link ServerUnreachable}.
 */
public final class ApiClient {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

  /** Includes the body: half an answer, and then nothing, is no answer. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  private final String server;
  private final String token;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  public ApiClient(String server, String token) {
    this.server = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
    this.token = token;
  }

  public String server() {
    return server;
  }

  public JsonObject get(String path) {
    return json(orThrow(send(request(path).GET().build())));
  }

  /** Returns all items of a list, read page after page. */
  public List<JsonObject> list(String path) {
    List<JsonObject> items = new ArrayList<>();
    String after = "";
    do {
      JsonObject page = get(path + (path.contains("?") ? "&" : "?") + "limit=1000" + after);
      for (Object item : page.getJsonArray("items", new JsonArray())) {
        items.add((JsonObject) item);
      }
      String next = page.getString("next");
      after = next == null ? null : "&after=" + encode(next);
    } while (after != null);
    return items;
  }

  public JsonObject post(String path, JsonObject body, Map<String, String> headers) {
    return json(orThrow(tryPost(path, body, headers)));
  }

  /** Returns the answer as it is, a refusal included. */
  public HttpResponse<String> tryPost(String path, JsonObject body, Map<String, String> headers) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()));
    headers.forEach(request::header);
    return send(request.build());
  }

  /** Returns a body as it is, with the headers that came with it. */
  public HttpResponse<byte[]> bytes(String path) {
    HttpResponse<byte[]> answer = send(request(path).GET().build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() >= 300) {
      throw ApiProblem.of(answer.statusCode(), text(answer.body())).failure();
    }
    return answer;
  }

  public static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(server + path)).timeout(REQUEST_TIMEOUT);
      return token == null ? request : request.header("Authorization", "Bearer " + token);
    } catch (IllegalArgumentException e) {
      throw new CliFailure(ExitCode.USAGE, "not an address of a server: " + server);
    }
  }

  private HttpResponse<String> send(HttpRequest request) {
    return send(request, BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> reading) {
    CompletableFuture<HttpResponse<T>> sent = http.sendAsync(request, reading);
    try {
      return orUnreachable(sent.get(ANSWER_TIMEOUT.toSeconds(), TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw new ServerUnreachable(server, "the answer stopped half-way");
    } catch (ExecutionException e) {
      throw new ServerUnreachable(server, reason(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.STILL_RUNNING, "interrupted");
    }
  }

  private static String reason(Throwable cause) {
    if (cause instanceof ConnectException && cause.getCause() instanceof ConnectException) {
      return reason(cause.getCause());
    }
    if (cause.getCause() instanceof UnresolvedAddressException) {
      return "there is no such host";
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private <T> HttpResponse<T> orUnreachable(HttpResponse<T> answer) {
    if (answer.statusCode() < 400) {
      return answer;
    }
    ApiProblem problem = ApiProblem.of(answer.statusCode(), text(answer.body()));
    if (!problem.temporary()) {
      return answer;
    }
    Duration after =
        answer
            .headers()
            .firstValue("Retry-After")
            .filter(value -> value.matches("\\d{1,4}"))
            .map(value -> Duration.ofSeconds(Long.parseLong(value)))
            .orElse(Duration.ZERO);
    throw new ServerUnreachable(server, problem.detail(), after);
  }

  private static String text(Object body) {
    return body instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(body);
  }

  private JsonObject json(HttpResponse<String> answer) {
    try {
      return new JsonObject(answer.body());
    } catch (DecodeException e) {
      throw new ServerUnreachable(server, "what came is not JSON");
    }
  }

  private static HttpResponse<String> orThrow(HttpResponse<String> answer) {
    if (answer.statusCode() >= 300) {
      throw ApiProblem.of(answer.statusCode(), answer.body()).failure();
    }
    return answer;
  }
}
