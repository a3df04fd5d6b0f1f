package io.cta.server.api.artifacts;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.IdGenerator;
import io.cta.domain.State;
import io.cta.domain.TaskBuilder;
import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient.ReceivedResponse;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/** What an agent calls that has a running attempt, and files to send. */
final class AgentCalls {
  static final String FENCING = "fencing";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final String execution = IdGenerator.next();
  final String task = execution + "-0";
  private final ApiServer server;
  private final String token;

  AgentCalls(ApiServer server, String host) {
    this.server = server;
    JsonObject enrolled =
        server
            .with(ApiServer.REGISTRATION)
            .post("/api/v1/agents/enrol", new JsonObject().put("hostname", host))
            .is(201)
            .json();
    token = enrolled.getString("token");
    Execution asked =
        ExecutionBuilder.builder()
            .id(execution)
            .scenarioId("s")
            .scenarioName("nightly")
            .state(State.RUNNING)
            .requestedAt(server.clock.instant())
            .build();
    ApiServer.wait(server.stores.executions.insert(execution, asked));
    ApiServer.wait(
        server.stores.tasks.insert(
            task,
            TaskBuilder.builder()
                .id(task)
                .executionId(execution)
                .machineId(enrolled.getString("machineId"))
                .attempt(1)
                .token(FENCING)
                .state(State.RUNNING)
                .build()));
  }

  ReceivedResponse offer(String path, byte[] content) {
    return offer(offered(path, content.length, sha256(content)));
  }

  JsonObject offered(String path, long size, String sha256) {
    return new JsonObject()
        .put("taskId", task)
        .put("attempt", 1)
        .put("token", FENCING)
        .put("testId", "login")
        .put("path", path)
        .put("size", size)
        .put("sha256", sha256);
  }

  ReceivedResponse offer(JsonObject offer) {
    return server.with(token).post("/api/v1/agents/artifacts", offer);
  }

  /** Sends the bytes of a content from one place to another. */
  ReceivedResponse send(byte[] content, int from, int to) {
    return send(content, from, to, FENCING, sha256(content));
  }

  ReceivedResponse send(byte[] content, int from, int to, String fencing, String sha256) {
    String query = "?attempt=1&size=" + content.length + "&offset=" + from;
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(server.url() + "/api/v1/agents/artifacts/" + task + query))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/octet-stream")
            .header("X-CTA-Token", fencing)
            .header("X-CTA-SHA256", sha256)
            .PUT(BodyPublishers.ofByteArray(Arrays.copyOfRange(content, from, to)))
            .build();
    try {
      return new ReceivedResponse(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The head of a request that sends a content at once. */
  String head(int size, String sha256) {
    return "PUT /api/v1/agents/artifacts/"
        + task
        + "?attempt=1&offset=0&size="
        + size
        + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + token
        + "\r\nContent-Type: application/octet-stream\r\nX-CTA-Token: "
        + FENCING
        + "\r\nX-CTA-SHA256: "
        + sha256
        + "\r\nContent-Length: "
        + size
        + "\r\n\r\n";
  }

  /** Has the server keep a file. */
  void keep(String path, byte[] content) {
    if (!offer(path, content).is(200).json().getBoolean("complete")) {
      send(content, 0, content.length).is(200);
      if (!offer(path, content).is(200).json().getBoolean("complete")) {
        throw new AssertionError(path + " is not kept");
      }
    }
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
