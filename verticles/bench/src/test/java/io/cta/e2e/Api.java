package io.cta.e2e;

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

/** A client of the REST API, as a CI job would write it. */
final class Api {
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String base;
  private final String token;

  Api(String base, String token) {
    this.base = base;
    this.token = token;
  }

  HttpResponse<String> send(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + token)
            .header("Idempotency-Key", UUID.randomUUID().toString())
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

  JsonObject get(String path) {
    return expect(200, send("GET", path, null));
  }

  /** All items of a list, page by page. */
  List<JsonObject> all(String path) {
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

  JsonObject apply(JsonObject... documents) {
    JsonArray array = new JsonArray();
    for (JsonObject document : documents) {
      array.add(document);
    }
    return expect(
        200, send("POST", "/api/v1/apply", new JsonObject().put("documents", array).encode()));
  }

  String start(String scenario) {
    JsonObject body = new JsonObject().put("scenario", scenario);
    return expect(202, send("POST", "/api/v1/executions", body.encode())).getString("id");
  }

  JsonObject cancel(String execution) {
    HttpResponse<String> r = send("POST", "/api/v1/executions/" + execution + "/cancel", "{}");
    if (r.statusCode() / 100 != 2) {
      throw new AssertionError(r.statusCode() + " " + r.body());
    }
    return new JsonObject(r.body());
  }

  JsonObject execution(String id) {
    return get("/api/v1/executions/" + id);
  }

  /** The execution once it has ended; a server that is away for a moment is asked again. */
  JsonObject ended(String id, Duration limit) {
    return Until.holds(
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

  static JsonObject expect(int status, HttpResponse<String> response) {
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
