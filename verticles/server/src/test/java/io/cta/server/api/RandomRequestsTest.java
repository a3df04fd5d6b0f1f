package io.cta.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.dashboard.RunningServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends 20,000 random requests over all operations and roles to a whole server; no response may be
 * a server error.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RandomRequestsTest {
  private static final int REQUESTS = 20_000;
  private static final long SEED =
      Long.parseLong(System.getenv().getOrDefault("CTA_TEST_SEED", "20261127"));
  private static final int MAX_OPEN = 24;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Map<Integer, Integer> answers = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private RandomRequests requests;
  private HttpClient client;
  private URI server;
  private int sent;
  private int open;

  @Test
  void noRequestCausesAServerError() throws Exception {
    RunningServer running = new RunningServer(vertx, directory, Map.of());
    try {
      begin(running);
      Promise<Void> done = Promise.promise();
      vertx.runOnContext(v -> pump(done));
      done.future().await(4, TimeUnit.MINUTES);
      assertEquals(REQUESTS, answers.values().stream().mapToInt(Integer::intValue).sum());
      assertEquals("", String.join("\n", faults.stream().limit(10).toList()), answers.toString());
      for (int status : new int[] {200, 201, 202, 400, 401, 403, 404, 405, 409, 413, 415}) {
        assertTrue(answers.containsKey(status), "no answer was " + status + ": " + answers);
      }
      assertEquals(200, running.get("/health/ready").statusCode());
    } finally {
      running.close();
      vertx.close().await(20, TimeUnit.SECONDS);
    }
  }

  private void begin(RunningServer running) throws Exception {
    server = URI.create(running.url());
    client =
        vertx
            .httpClientBuilder()
            .with(new HttpClientOptions().setKeepAliveTimeout(20))
            .with(new PoolOptions().setHttp1MaxSize(MAX_OPEN))
            .build();
    List<String> tokens = new ArrayList<>();
    for (String role : List.of("viewer", "runner", "maintainer", "admin", "admin")) {
      JsonObject order = new JsonObject().put("name", "t" + tokens.size()).put("role", role);
      tokens.add(running.post("/tokens", order).getString("raw"));
    }
    tokens.add("a-registration-token-for-tests-0123456789");
    List<String> names = new ArrayList<>(List.of("suite", "any", "nightly", "a", "b", "c d"));
    running.post("/testsuites", ApiServer.suite("suite", "one"));
    running.post("/configurations", new JsonObject().put("name", "any"));
    running.post("/scenarios", ApiServer.scenario("nightly", "suite", "any"));
    for (int i = 0; i < 3; i++) {
      JsonObject order = new JsonObject().put("scenario", "nightly");
      String id = running.post("/executions", order).getString("id");
      names.add(id);
      names.add(id + "-0");
    }
    JsonObject contract = new JsonObject(running.get("/api/openapi.json").body());
    requests = new RandomRequests(SEED, contract, tokens, names);
    assertTrue(requests.operations() > 50);
  }

  private void pump(Promise<Void> done) {
    while (open < MAX_OPEN && sent < REQUESTS) {
      sent++;
      open++;
      RandomRequests.GeneratedRequest generatedRequest = requests.next();
      send(generatedRequest)
          .onComplete(
              status -> {
                open--;
                note(generatedRequest, status.result(), status.cause());
                if (sent == REQUESTS && open == 0) {
                  done.tryComplete();
                } else {
                  pump(done);
                }
              });
    }
  }

  private void note(
      RandomRequests.GeneratedRequest generatedRequest, Integer status, Throwable cause) {
    int code = status == null ? 0 : status;
    answers.merge(code, 1, Integer::sum);
    if (code == 0 || code >= 500 && code != 501 && code != 503) {
      faults.add(code + " " + (cause == null ? "" : cause) + " to " + generatedRequest);
    }
  }

  private Future<Integer> send(RandomRequests.GeneratedRequest generatedRequest) {
    RequestOptions options =
        new RequestOptions()
            .setHost(server.getHost())
            .setPort(server.getPort())
            .setMethod(HttpMethod.valueOf(generatedRequest.method()))
            .setURI(generatedRequest.uri());
    generatedRequest.headers().forEach(options::putHeader);
    return client
        .request(options)
        .compose(
            request ->
                generatedRequest.body() == null
                    ? request.send()
                    : request.send(generatedRequest.body()))
        .compose(
            response ->
                response
                    .body()
                    .map(
                        body -> {
                          boolean problem =
                              "application/problem+json".equals(response.getHeader("Content-Type"));
                          boolean head = generatedRequest.method().equals("HEAD");
                          if (response.statusCode() >= 400
                              // requests that no route of the API handles, or outside its paths
                              && response.statusCode() != 414
                              && !generatedRequest.uri().contains("/.")
                              && !problem
                              && !head) {
                            faults.add(
                                "no problem: " + response.statusCode() + " to " + generatedRequest);
                          }
                          if (problem
                              && body.length() > 0
                              && response.getHeader("Content-Encoding") == null) {
                            new JsonArray().add(body.toJsonObject());
                          }
                          return response.statusCode();
                        }))
        .timeout(30, TimeUnit.SECONDS);
  }
}
