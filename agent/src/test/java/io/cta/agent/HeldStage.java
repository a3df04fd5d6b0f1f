package io.cta.agent;

import static io.cta.agent.TaskBuilder.stage;

import io.cta.broker.ConditionPoller;
import io.cta.domain.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/** A stage that waits until it is released, and whose token the test uses for the result API. */
final class HeldStage {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Path workspace;
  private final String name;
  final String url;
  final String token;

  /** Waits until the stage {@code name} of the first attempt of a task runs. */
  HeldStage(Path data, String taskId, String name) {
    this.workspace = data.resolve("work").resolve(taskId + ".1");
    this.name = name;
    Path info = workspace.resolve(name + ".info");
    ConditionPoller.holds("the stage " + name, () -> Files.exists(info));
    String[] parts = read(info).strip().split(" ");
    url = parts[0];
    token = parts[1];
  }

  /** The stage: it goes on with {@code then} once it is released. */
  static Stage held(String name, String then) {
    return stage(
        "echo \"$CTA_URL $CTA_TOKEN\" > x; mv x "
            + name
            + ".info; while [ ! -f "
            + name
            + ".go ]; do sleep 0.02; done\n"
            + then);
  }

  void release() {
    try {
      Files.createFile(workspace.resolve(name + ".go"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpResponse<String> post(String path, String body) {
    return post(path, body, token);
  }

  /** {@code bearer} null sends no token. */
  HttpResponse<String> post(String path, String body, String bearer) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (bearer != null) {
      request.header("Authorization", "Bearer " + bearer);
    }
    return send(request.build());
  }

  /** Sends a form with one file. */
  HttpResponse<String> postForm(String path, String file, String content) {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
            + file
            + "\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            + content
            + "\r\n--b--\r\n";
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "multipart/form-data; boundary=b")
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  HttpResponse<String> get(String pathAndQuery) {
    return send(HttpRequest.newBuilder(URI.create(url + pathAndQuery)).build());
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
