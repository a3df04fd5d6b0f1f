package io.cta.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends requests to the server's REST API. Can be called from event loops and from plain threads.
 */
final class RestClient {
  private static final long PATIENCE_SECONDS = 60;

  private final HttpClient client;
  private final RequestOptions base;
  private final String run = Long.toHexString(System.nanoTime());
  private final AtomicLong keys = new AtomicLong();

  RestClient(Vertx vertx, int port, String token, int connections) {
    client =
        vertx.createHttpClient(
            new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port),
            new PoolOptions().setHttp1MaxSize(connections));
    base =
        new RequestOptions()
            .putHeader("Authorization", "Bearer " + token)
            .putHeader("Content-Type", "application/json");
  }

  Future<JsonObject> post(String path, JsonObject body) {
    return send(
        new RequestOptions(base)
            .setMethod(HttpMethod.POST)
            .setURI("/api/v1/" + path)
            .putHeader("Idempotency-Key", run + "-" + keys.incrementAndGet()),
        body.toBuffer());
  }

  Future<JsonObject> get(String path) {
    return send(
        new RequestOptions(base).setMethod(HttpMethod.GET).setURI("/api/v1/" + path),
        Buffer.buffer());
  }

  private Future<JsonObject> send(RequestOptions options, Buffer body) {
    return client
        .request(options)
        .compose(
            request ->
                request
                    .send(body)
                    // on the request's own thread: the caller's may come when the body has gone by
                    .compose(
                        response -> response.body().map(bytes -> read(options, response, bytes))))
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static JsonObject read(RequestOptions o, HttpClientResponse response, Buffer body) {
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(
          o.getMethod() + " " + o.getURI() + ": " + response.statusCode() + " " + body);
    }
    return new JsonObject(body);
  }
}
