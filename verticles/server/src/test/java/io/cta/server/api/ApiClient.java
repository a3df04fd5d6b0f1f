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

/** A client as a program would write one; blocking, for test threads. */
record ApiClient(String base, String token) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What came back. */
  record Got(HttpResponse<String> response) {
    Got is(int status) {
      assertEquals(status, response.statusCode(), response.body());
      return this;
    }

    JsonObject json() {
      return new JsonObject(response.body());
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    /** The field of the first error of a problem. */
    String field() {
      return json().getJsonArray("errors").getJsonObject(0).getString("field");
    }

    String rule() {
      return json().getJsonArray("errors").getJsonObject(0).getString("rule");
    }
  }

  Got get(String path) {
    return send("GET", path, null, Map.of());
  }

  Got post(String path, JsonObject body) {
    return send("POST", path, body == null ? null : body.encode(), Map.of());
  }

  Got post(String path, JsonObject body, String idempotencyKey) {
    return send("POST", path, body.encode(), Map.of("Idempotency-Key", idempotencyKey));
  }

  /**
   * Bytes that need be no text.
   *
   * @param type what they are said to be, null for nothing
   */
  Got postBytes(String path, byte[] body, String type) {
    HttpRequest.Builder request = request("POST", path, BodyPublishers.ofByteArray(body));
    return answer(type == null ? request : request.header("Content-Type", type));
  }

  Got put(String path, JsonObject body, String ifMatch) {
    return send("PUT", path, body.encode(), Map.of("If-Match", ifMatch));
  }

  Got delete(String path) {
    return send("DELETE", path, null, Map.of());
  }

  Got send(String method, String path, String body, Map<String, String> headers) {
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

  private static Got answer(HttpRequest.Builder request) {
    try {
      return new Got(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
