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

/** Calls the server's API for agents, at one of several equivalent servers. One context only. */
final class AgentApiClient {
  private static final long TIMEOUT_SECONDS = 20;

  /** Short, so that an idle agent holds only one connection at its server: its link. */
  private static final int KEEP_ALIVE_SECONDS = 2;

  private final HttpClient client;
  private final List<URI> servers;
  private int current;

  /** A server's answer. */
  record Answer(int status, Buffer body) {
    boolean isOk() {
      return status / 100 == 2;
    }

    /** Whether the server may answer differently later. */
    boolean isRetryable() {
      return status >= 500 || status == 429 || status == 408;
    }

    JsonObject json() {
      return body.toJsonObject();
    }

    /** The refusal, for people. */
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
        vertx.createHttpClient(new HttpClientOptions().setKeepAliveTimeout(KEEP_ALIVE_SECONDS));
    this.servers = List.copyOf(servers);
  }

  /** The server that is asked next. */
  URI server() {
    return servers.get(current);
  }

  void next() {
    current = (current + 1) % servers.size();
  }

  /** Sends a request; fails when no answer comes in time. */
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
        .compose(
            asked ->
                asked
                    .send(body.toBuffer())
                    // on the request's own thread: the caller's may come when the body has gone by
                    .compose(
                        answer -> answer.body().map(text -> new Answer(answer.statusCode(), text))))
        .timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  Future<Void> close() {
    return client.close();
  }
}
