package io.cta.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The server's REST interface, one blocking call at a time. An answer that is an error is a {@link
 * CliFailure}, no answer at all an {@link Unreachable}.
 */
final class Api {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final String server;
  private final String token;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  Api(String server, String token) {
    this.server = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
    this.token = token;
  }

  String server() {
    return server;
  }

  JsonObject get(String path) {
    return new JsonObject(good(send(request(path).GET().build())).body());
  }

  /** All items of a list, page after page. */
  List<JsonObject> list(String path) {
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

  JsonObject post(String path, JsonObject body, Map<String, String> headers) {
    return new JsonObject(good(tryPost(path, body, headers)).body());
  }

  /** The answer as it is, an error included. */
  HttpResponse<String> tryPost(String path, JsonObject body, Map<String, String> headers) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()));
    headers.forEach(request::header);
    return send(request.build());
  }

  /** A body as it is, with the headers that came with it. */
  HttpResponse<byte[]> bytes(String path) {
    HttpResponse<byte[]> answer = send(request(path).GET().build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() >= 300) {
      String body = new String(answer.body(), StandardCharsets.UTF_8);
      throw Problem.of(answer.statusCode(), body).failure();
    }
    return answer;
  }

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(server + path)).timeout(LIMIT);
      return token == null ? request : request.header("Authorization", "Bearer " + token);
    } catch (IllegalArgumentException e) {
      throw new CliFailure(ExitCode.USAGE, "not an address of a server: " + server);
    }
  }

  private HttpResponse<String> send(HttpRequest request) {
    return send(request, BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> reading) {
    try {
      HttpResponse<T> answer = http.send(request, reading);
      // a server that starts, or a proxy that answers for one: it may be well again soon
      if (answer.statusCode() >= 500 || answer.statusCode() == 429) {
        String body = answer.body() instanceof String text ? text : "";
        throw new Unreachable(server, Problem.of(answer.statusCode(), body).detail());
      }
      return answer;
    } catch (IOException e) {
      throw new Unreachable(server, e.getMessage() == null ? e.toString() : e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.STILL_RUNNING, "interrupted");
    }
  }

  private static HttpResponse<String> good(HttpResponse<String> answer) {
    if (answer.statusCode() >= 300) {
      throw Problem.of(answer.statusCode(), answer.body()).failure();
    }
    return answer;
  }
}
