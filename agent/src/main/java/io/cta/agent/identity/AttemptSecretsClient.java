package io.cta.agent.identity;

import io.cta.domain.AttemptRef;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server for the secrets of an attempt. Asks again while no server answers, for about two
 * minutes. Usable from any thread.
 */
public final class AttemptSecretsClient {
  private static final Logger log = LoggerFactory.getLogger(AttemptSecretsClient.class);
  private static final String OPERATION = "secrets";

  /** With the pauses between them it takes two minutes. */
  private static final int MAX_TRIES = 20;

  private final Vertx vertx;
  private final Context context;
  private final AgentApiClient api;
  private final AgentSecret secret;

  /**
   * @param servers equivalent ones: when one does not answer, the next is asked
   */
  public AttemptSecretsClient(Vertx vertx, List<URI> servers, AgentSecret secret) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.api = new AgentApiClient(vertx, servers);
    this.secret = secret;
  }

  /**
   * The values by the names of the secrets; fails with UNAVAILABLE when no server answers in time,
   * with CONFLICT when the server refuses.
   */
  public Future<Map<String, String>> open(AttemptRef attempt) {
    Promise<Map<String, String>> done = Promise.promise();
    JsonObject request =
        new JsonObject()
            .put("taskId", attempt.taskId())
            .put("attempt", attempt.attempt())
            .put("token", attempt.token());
    context.runOnContext(v -> ask(request, 1, new RetryPause(), done));
    return done.future();
  }

  private void ask(
      JsonObject request, int tries, RetryPause pause, Promise<Map<String, String>> done) {
    api.post(OPERATION, secret.token(), request)
        .compose(AttemptSecretsClient::values)
        .onSuccess(done::tryComplete)
        .onFailure(
            e -> {
              boolean refused = ServiceFailure.is(e, ErrorCode.CONFLICT);
              if (refused || tries == MAX_TRIES) {
                done.tryFail(refused ? e : unavailable(e.getMessage()));
                return;
              }
              log.info("secrets not received yet [reason: {}]", e.getMessage());
              api.next();
              vertx.setTimer(pause.next(), id -> ask(request, tries + 1, pause, done));
            });
  }

  private static Future<Map<String, String>> values(AgentApiClient.Answer answer) {
    if (answer.isOk()) {
      Map<String, String> values = new HashMap<>();
      answer
          .json()
          .getJsonObject("secrets")
          .forEach(one -> values.put(one.getKey(), (String) one.getValue()));
      return Future.succeededFuture(values);
    }
    boolean later = answer.isRetryable() || AgentSecret.mayBeRenewed(answer.status());
    return Future.failedFuture(
        later ? unavailable(answer.text()) : new ServiceFailure(ErrorCode.CONFLICT, answer.text()));
  }

  private static ServiceFailure unavailable(String text) {
    return new ServiceFailure(ErrorCode.UNAVAILABLE, text);
  }
}
