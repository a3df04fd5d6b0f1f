package io.cta.server.jenkins;

import io.cta.server.forges.StatusApi;
import io.cta.server.outgoing.OutgoingAnswer;
import io.cta.server.outgoing.OutgoingClient;
import io.cta.server.outgoing.OutgoingUrl;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The requests of one attempt, as one user. A crumb counts only together with the cookie of the
 * session in which it was given. Safe from any event loop.
 */
final class JenkinsSession {
  private static final int MAX_BYTES = 4 * 1024 * 1024;
  private static final int NOT_FOUND = 404;

  /**
   * What protects from forged requests.
   *
   * @param headers to send along; empty where Jenkins wants none
   */
  record Crumb(Map<String, String> headers) {}

  private final OutgoingClient client;
  private final OutgoingUrl base;
  private final String token;
  private final String credentials;
  private final Duration timeout;
  private final Instant now;

  /**
   * @param token an API token or a password
   * @param timeout of each request
   */
  JenkinsSession(
      OutgoingClient client,
      OutgoingUrl base,
      String user,
      String token,
      Duration timeout,
      Instant now) {
    this.client = client;
    this.base = base;
    this.token = token;
    this.timeout = timeout;
    this.now = now;
    byte[] pair = (user + ":" + token).getBytes(StandardCharsets.UTF_8);
    credentials = Base64.getEncoder().encodeToString(pair);
  }

  OutgoingUrl base() {
    return base;
  }

  Instant now() {
    return now;
  }

  /** Asks for what the tree names; fails with a {@link JenkinsFailure}. */
  Future<JsonObject> read(OutgoingUrl url, String tree) {
    return readIfThere(url, tree)
        .map(
            found -> {
              if (found == null) {
                throw new JenkinsFailure(
                    "HTTP 404 for "
                        + url.target()
                        + ": it is not there, or the user may not read it",
                    false,
                    Duration.ZERO);
              }
              return found;
            });
  }

  /** As {@link #read}, with null for what is not there. */
  Future<JsonObject> readIfThere(OutgoingUrl url, String tree) {
    String query = tree.isEmpty() ? "" : "?tree=" + StatusApi.part(tree);
    return call(HttpMethod.GET, StatusApi.below(url, "/api/json" + query), Map.of(), "")
        .map(
            answer -> {
              if (answer.status() == NOT_FOUND) {
                return null;
              }
              JenkinsAnswer meaning = masked(JenkinsAnswer.of(answer, now));
              if (meaning.kind() != JenkinsAnswer.Kind.OK) {
                throw JenkinsFailure.of(meaning);
              }
              try {
                return new JsonObject(answer.body());
              } catch (DecodeException | ClassCastException e) {
                throw new JenkinsFailure(
                    "it answered something else than JSON, or more than 4 MiB",
                    true,
                    Duration.ZERO);
              }
            });
  }

  /** A crumb of a new session. */
  Future<Crumb> crumb() {
    return call(HttpMethod.GET, StatusApi.below(base, "/crumbIssuer/api/json"), Map.of(), "")
        .map(
            answer -> {
              if (answer.status() == NOT_FOUND) {
                return new Crumb(Map.of()); // the protection is switched off
              }
              JenkinsAnswer meaning = masked(JenkinsAnswer.of(answer, now));
              if (meaning.kind() != JenkinsAnswer.Kind.OK) {
                throw JenkinsFailure.of(meaning);
              }
              try {
                return crumb(new JsonObject(answer.body()), answer.header("set-cookie"));
              } catch (DecodeException | ClassCastException | NullPointerException e) {
                throw new JenkinsFailure("it gave no crumb that can be read", true, Duration.ZERO);
              }
            });
  }

  private static Crumb crumb(JsonObject given, String cookies) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(given.getString("crumbRequestField").strip(), given.getString("crumb").strip());
    if (cookies != null) {
      headers.put(
          "Cookie",
          Arrays.stream(cookies.split("\n"))
              .map(cookie -> cookie.split(";", 2)[0].strip())
              .collect(Collectors.joining("; ")));
    }
    return new Crumb(headers);
  }

  /** Posts a form. */
  Future<JenkinsAnswer> start(OutgoingUrl url, Map<String, String> form, Crumb crumb) {
    Map<String, String> headers = new LinkedHashMap<>(crumb.headers());
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    String body =
        form.entrySet().stream()
            .map(one -> StatusApi.part(one.getKey()) + "=" + StatusApi.part(one.getValue()))
            .collect(Collectors.joining("&"));
    return call(HttpMethod.POST, url, headers, body)
        .map(answer -> masked(JenkinsAnswer.ofStart(answer, now)));
  }

  private Future<OutgoingAnswer> call(
      HttpMethod method, OutgoingUrl url, Map<String, String> more, String body) {
    Map<String, String> headers = new LinkedHashMap<>(more);
    headers.put("Authorization", "Basic " + credentials);
    headers.put("User-Agent", "CTA");
    headers.put("Accept", "application/json");
    return client.exchange(method, url, headers, Buffer.buffer(body), timeout, MAX_BYTES);
  }

  private JenkinsAnswer masked(JenkinsAnswer answer) {
    String text = answer.text().replace(token, "***").replace(credentials, "***");
    return new JenkinsAnswer(answer.kind(), answer.queueItem(), answer.pause(), text);
  }
}
