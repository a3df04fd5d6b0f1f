package io.cta.e2e;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a Gitea as people and programs do: by its API, and by its pages for what the API lacks
 * ({@code /api/swagger} of a Gitea; its {@code routers/web/web.go}). Blocks.
 */
final class GiteaClient {
  private static final String API = "/api/v1";

  /** The most that it gives at once. */
  private static final int PAGE = 50;

  private static final Pattern REPLAY = Pattern.compile("action=\"([^\"]+/replay/[0-9a-f-]{36})\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final String token;

  GiteaClient(String url, String token) {
    this.url = url;
    this.token = token;
  }

  String token() {
    return token;
  }

  boolean isUp() {
    try {
      return send(http, request("/api/healthz")).statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** A repository of the user, without any commit. */
  void repository(String name) {
    post(201, "/user/repos", new JsonObject().put("name", name).put("private", true));
  }

  /** A token that may read repositories, and no more. */
  String readingToken() {
    String login = GiteaServer.USER + ":" + GiteaServer.PASSWORD;
    JsonObject body =
        new JsonObject().put("name", "reads").put("scopes", new JsonArray().add("read:repository"));
    HttpRequest request =
        request(API + "/users/" + GiteaServer.USER + "/tokens")
            .header("Content-Type", "application/json")
            .header(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes()))
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
            .build();
    return new JsonObject(expect(201, http, request)).getString("sha1");
  }

  /** A webhook of a repository; returns its number. */
  long webhook(String repository, String address, String secret) {
    JsonObject config =
        new JsonObject().put("url", address).put("content_type", "json").put("secret", secret);
    return post(
            201,
            of(repository) + "/hooks",
            new JsonObject()
                .put("type", "gitea")
                .put("active", true)
                .put(
                    "events",
                    new JsonArray().add("push").add("pull_request").add("pull_request_sync"))
                .put("config", config))
        .getLong("id");
  }

  /** A pull request onto {@code main}; returns its number. */
  long pullRequest(String repository, String branch) {
    JsonObject body =
        new JsonObject().put("head", branch).put("base", "main").put("title", "merge it");
    return post(201, of(repository) + "/pulls", body).getLong("number");
  }

  /** The texts of the comments on a pull request. */
  List<String> comments(String repository, long number) {
    String path = API + of(repository) + "/issues/" + number + "/comments";
    return new JsonArray(expect(200, http, authorized(path).build()))
        .stream().map(one -> ((JsonObject) one).getString("body")).toList();
  }

  /** What it makes of all statuses of a commit. */
  JsonObject combined(String repository, String commit) {
    String path = API + of(repository) + "/commits/" + commit + "/status";
    return new JsonObject(expect(200, http, authorized(path).build()));
  }

  /** All statuses that it ever got for a commit, the oldest first, as state and description. */
  List<String> statuses(String repository, String commit, String context) {
    List<String> all = new ArrayList<>();
    String path = API + of(repository) + "/commits/" + commit + "/statuses?sort=oldest&limit=";
    JsonArray page;
    int number = 1;
    do {
      String more = PAGE + "&page=" + number++;
      page = new JsonArray(expect(200, http, authorized(path + more).build()));
      page.stream()
          .map(JsonObject.class::cast)
          .filter(one -> context.equals(one.getString("context")))
          .map(one -> one.getString("status") + ": " + one.getString("description"))
          .forEach(all::add);
    } while (page.size() == PAGE);
    return all;
  }

  /** Has its newest call of a webhook made once more, as the button of its page does. */
  void redeliver(String repository, long webhook) {
    HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    String login = "user_name=" + GiteaServer.USER + "&password=" + GiteaServer.PASSWORD;
    expect(303, browser, form("/user/login", login));
    String page = "/" + GiteaServer.USER + "/" + repository + "/settings/hooks/" + webhook;
    String html = expect(200, browser, request(page).build());
    Matcher replay = REPLAY.matcher(html);
    if (!replay.find()) {
      throw new AssertionError("it made no call yet: " + html);
    }
    expect(303, browser, form(replay.group(1), ""));
  }

  private static String of(String repository) {
    return "/repos/" + GiteaServer.USER + "/" + repository;
  }

  private JsonObject post(int status, String path, JsonObject body) {
    HttpRequest request =
        authorized(API + path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
            .build();
    return (JsonObject) Json.decodeValue(expect(status, http, request));
  }

  private HttpRequest form(String path, String body) {
    return request(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest.Builder authorized(String path) {
    return request(path).header("Authorization", "token " + token);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(20));
  }

  private static String expect(int status, HttpClient client, HttpRequest request) {
    HttpResponse<String> answer = send(client, request);
    if (answer.statusCode() != status) {
      throw new AssertionError(
          request.uri() + " gave " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
    return send(client, request.build());
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
