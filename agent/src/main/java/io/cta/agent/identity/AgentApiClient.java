package io.cta.agent.identity;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The server's API for agents, at one of several equal servers. One context only. */
final class AgentApiClient {
  private static final long TIMEOUT_SECONDS = 20;

  /** An idle agent costs its server one connection, its link. */
  private static final int KEPT_OPEN_SECONDS = 2;

  private final HttpClient client;
  private final List<URI> servers;
  private int at;

  /** What a server answered. */
  record Answer(int status, Buffer body) {
    boolean isOk() {
      return status / 100 == 2;
    }

    /** Whether it may answer otherwise later. */
    boolean isPassing() {
      return status >= 500 || status == 429 || status == 408;
    }

    JsonObject json() {
      return body.toJsonObject();
    }

    /** The server's no, for people. */
    String text() {
      return "the server answered " + status + detail();
    }

    private String detail() {
      try {
        return ": " + json().getString("detail", "");
      } catch (DecodeException | ClassCastException e) {
        return "";
      }
    }
  }

  AgentApiClient(Vertx vertx, List<URI> servers) {
    this.client =
        vertx.createHttpClient(new HttpClientOptions().setKeepAliveTimeout(KEPT_OPEN_SECONDS));
    this.servers = List.copyOf(servers);
  }

  /** The server whose turn it is. */
  URI server() {
    return servers.get(at);
  }

  void next() {
    at = (at + 1) % servers.size();
  }

  /** Fails when no answer comes. */
  Future<Answer> post(String operation, String token, JsonObject body) {
    String base = server().toString().replaceAll("/+$", "");
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(base + "/api/v1/agents/" + operation)
            .putHeader("authorization", "Bearer " + token)
            .putHeader("content-type", "application/json")
            .setConnectTimeout(TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
    return client
        .request(options)
        .compose(asked -> asked.send(body.toBuffer()))
        .compose(answer -> answer.body().map(text -> new Answer(answer.statusCode(), text)))
        .timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  Future<Void> close() {
    return client.close();
  }
}
