package io.cta.agent.artifact;

import io.cta.agent.journal.StagedArtifact;
import io.cta.domain.AttemptRef;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * The two calls of the server's API for artifacts, at one of several equivalent servers. Blocks;
 * any thread.
 */
final class ArtifactHttp {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Created at the first request, because it has threads of its own. */
  private static final class Client {
    static final HttpClient ONE =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  /** A server's answer. */
  record Answer(int status, byte[] body) {
    JsonObject json() {
      return Buffer.buffer(body).toJsonObject();
    }

    /** The refusal, for people. */
    String text() {
      try {
        JsonObject problem = json();
        var errors = problem.getJsonArray("errors");
        String said =
            errors == null || errors.isEmpty()
                ? problem.getString("detail", "")
                : errors.getJsonObject(0).getString("field")
                    + " "
                    + errors.getJsonObject(0).getString("rule");
        return "the server answered " + status + ": " + said;
      } catch (DecodeException | ClassCastException e) {
        return "the server answered " + status;
      }
    }
  }

  private final List<URI> servers;
  private final Supplier<String> token;
  private int current;

  ArtifactHttp(List<URI> servers, Supplier<String> token) {
    this.servers = List.copyOf(servers);
    this.token = token;
  }

  /** The next call goes to another server. */
  void next() {
    current = (current + 1) % servers.size();
  }

  /** Offers a file; the answer says what the server lacks of it. */
  Answer offer(AttemptRef attempt, StagedArtifact artifact)
      throws IOException, InterruptedException {
    JsonObject body =
        new JsonObject()
            .put("taskId", attempt.taskId())
            .put("attempt", attempt.attempt())
            .put("token", attempt.token())
            .put("testId", artifact.testId())
            .put("path", artifact.path())
            .put("size", artifact.size())
            .put("sha256", artifact.sha256());
    return send(
        request("artifacts")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body.toBuffer().getBytes())));
  }

  /** Sends a part of a file. */
  Answer part(AttemptRef attempt, StagedArtifact artifact, long offset, byte[] part)
      throws IOException, InterruptedException {
    String query =
        "?attempt=" + attempt.attempt() + "&size=" + artifact.size() + "&offset=" + offset;
    return send(
        request("artifacts/" + attempt.taskId() + query)
            .header("Content-Type", "application/octet-stream")
            .header("X-CTA-Token", attempt.token())
            .header("X-CTA-SHA256", artifact.sha256())
            .PUT(BodyPublishers.ofByteArray(part)));
  }

  private HttpRequest.Builder request(String operation) {
    String base = servers.get(current).toString().replaceAll("/+$", "");
    return HttpRequest.newBuilder(URI.create(base + "/api/v1/agents/" + operation))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + token.get());
  }

  private static Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        Client.ONE.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), response.body());
  }
}
