package io.cta.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** A blocking HTTP client of the API, for test threads. */
public record TestApiClient(String base, String token) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A response of the API. */
  public record ReceivedResponse(HttpResponse<String> response) {
    public ReceivedResponse is(int status) {
      assertEquals(status, response.statusCode(), response.body());
      return this;
    }

    public JsonObject json() {
      return new JsonObject(response.body());
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    /** The field of the first error of a problem. */
    public String field() {
      return json().getJsonArray("errors").getJsonObject(0).getString("field");
    }

    public String rule() {
      return json().getJsonArray("errors").getJsonObject(0).getString("rule");
    }
  }

  public ReceivedResponse get(String path) {
    return send("GET", path, null, Map.of());
  }

  public ReceivedResponse post(String path, JsonObject body) {
    return send("POST", path, body == null ? null : body.encode(), Map.of());
  }

  public ReceivedResponse post(String path, JsonObject body, String idempotencyKey) {
    return send("POST", path, body.encode(), Map.of("Idempotency-Key", idempotencyKey));
  }

  /**
   * Posts bytes that need not be text.
   *
   * @param type their media type, null for none
   */
  public ReceivedResponse postBytes(String path, byte[] body, String type) {
    HttpRequest.Builder request = request("POST", path, BodyPublishers.ofByteArray(body));
    return answer(type == null ? request : request.header("Content-Type", type));
  }

  public ReceivedResponse put(String path, JsonObject body, String ifMatch) {
    return send("PUT", path, body.encode(), Map.of("If-Match", ifMatch));
  }

  public ReceivedResponse delete(String path) {
    return send("DELETE", path, null, Map.of());
  }

  public ReceivedResponse send(
      String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        request(
            method, path, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    return answer(request);
  }

  private HttpRequest.Builder request(String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(20))
            .method(method, body);
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private static ReceivedResponse answer(HttpRequest.Builder request) {
    try {
      return new ReceivedResponse(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
