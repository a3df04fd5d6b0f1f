package io.cta.bench.fleet;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls the REST API as a CI job would. Blocks. */
public final class BlockingApiClient {
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final List<String> bases;
  private final String token;
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * @param bases URLs of one server or of several servers of a cluster, which are asked in turn;
   *     one that cannot be reached is skipped
   */
  public BlockingApiClient(List<String> bases, String token) {
    this.bases = List.copyOf(bases);
    this.token = token;
  }

  public HttpResponse<String> send(String method, String path, String body) {
    return send(method, path, body, UUID.randomUUID().toString());
  }

  /** Sends a request with an idempotency key: repeating it has no further effect. */
  public HttpResponse<String> send(String method, String path, String body, String key) {
    UncheckedIOException away = null;
    for (int i = 0; i < bases.size(); i++) {
      String base = bases.get(Math.floorMod(turn.getAndIncrement(), bases.size()));
      try {
        return send(base, method, path, body, key);
      } catch (UncheckedIOException e) {
        away = e;
      }
    }
    throw away;
  }

  private HttpResponse<String> send(
      String base, String method, String path, String body, String key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + token)
            .header("Idempotency-Key", key)
            .header("If-Match", "*")
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public JsonObject get(String path) {
    return expect(200, send("GET", path, null));
  }

  /** Returns a body that is not JSON. */
  public String text(String path) {
    HttpResponse<String> response = send("GET", path, null);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + " gave " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }

  /** Returns all items of a list, read page by page. */
  public List<JsonObject> all(String path) {
    List<JsonObject> items = new ArrayList<>();
    String separator = path.contains("?") ? "&" : "?";
    String next = null;
    do {
      JsonObject page =
          get(path + separator + "limit=500" + (next == null ? "" : "&after=" + next));
      page.getJsonArray("items").forEach(item -> items.add((JsonObject) item));
      next = page.getString("next");
    } while (next != null);
    return items;
  }

  public JsonObject apply(JsonObject... documents) {
    JsonArray array = new JsonArray();
    for (JsonObject document : documents) {
      array.add(document);
    }
    return expect(
        200, send("POST", "/api/v1/apply", new JsonObject().put("documents", array).encode()));
  }

  public String start(String scenario) {
    JsonObject body = new JsonObject().put("scenario", scenario);
    return expect(202, send("POST", "/api/v1/executions", body.encode())).getString("id");
  }

  public JsonObject cancel(String execution) {
    HttpResponse<String> r = send("POST", "/api/v1/executions/" + execution + "/cancel", "{}");
    if (r.statusCode() / 100 != 2) {
      throw new AssertionError(r.statusCode() + " " + r.body());
    }
    return new JsonObject(r.body());
  }

  public JsonObject execution(String id) {
    return get("/api/v1/executions/" + id);
  }

  /** Counts the execution's tasks that run now. */
  public long running(String execution) {
    return all("/api/v1/executions/" + execution + "/tasks").stream()
        .filter(task -> "running".equals(task.getString("state")))
        .count();
  }

  /** Waits until the execution has ended and returns it; asks again while the server is away. */
  public JsonObject ended(String id, Duration limit) {
    return ConditionPoller.holds(
        "the end of execution " + id,
        limit,
        () -> executionOrNull(id),
        e -> e != null && e.getString("finishedAt") != null);
  }

  private JsonObject executionOrNull(String id) {
    try {
      return execution(id);
    } catch (UncheckedIOException away) {
      return null;
    }
  }

  public static JsonObject expect(int status, HttpResponse<String> response) {
    if (response.statusCode() != status) {
      throw new AssertionError(
          response.request().method()
              + " "
              + response.uri()
              + " gave "
              + response.statusCode()
              + ": "
              + response.body());
    }
    return new JsonObject(response.body());
  }
}
