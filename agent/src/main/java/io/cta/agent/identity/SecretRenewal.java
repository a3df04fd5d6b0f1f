package io.cta.agent.identity;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.DurationFormat;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the agent's token at each connection, which exposes a copy of its data directory: the old
 * token is invalid once the new one was shown. Asks for a new token, writes it to disk and shows it
 * to the server, and repeats that until it has worked. Usable from any context.
 */
public final class SecretRenewal {
  private static final Logger log = LoggerFactory.getLogger(SecretRenewal.class);
  private static final String OPERATION = "secret";
  private static final JsonObject TOKEN_IS_KEPT = new JsonObject().put("isKept", true);

  /** Listens to the renewal. Called on the renewal's own context. */
  public interface Listener {
    /** The name that the machine has at the server. */
    void named(String name);

    /** The token is invalid: this agent is the copy of another one. */
    void copied(String text);
  }

  private final Vertx vertx;
  private final Context context;
  private final AgentApiClient api;
  private final AgentSecret secret;
  private final Listener listener;
  private final RetryPause pause = new RetryPause();
  private boolean busy;
  private boolean renewAgain;
  private boolean justDone;

  public SecretRenewal(Vertx vertx, List<URI> servers, AgentSecret secret, Listener listener) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.api = new AgentApiClient(vertx, servers);
    this.secret = secret;
    this.listener = listener;
  }

  /**
   * Renews the token before there is a link: a broker does not ask for the token. Completes when
   * that is done, or the server knows of no renewal; fails with {@link EnrolmentClient.Refused}
   * when the token is invalid.
   */
  public Future<Void> checkIn(String session) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        v ->
            ask(new JsonObject().put("session", session), true)
                .onSuccess(renewed -> justDone = true)
                .onComplete(done));
    return done.future();
  }

  /** Renews the token because the link is up, unless {@link #checkIn} has just done that. */
  public void connected() {
    context.runOnContext(
        v -> {
          if (!justDone) {
            renewNow();
          }
          justDone = false;
        });
  }

  /** Renews the token because somebody else may have it. */
  public void renew() {
    context.runOnContext(v -> renewNow());
  }

  private void renewNow() {
    renewAgain = busy;
    if (busy) {
      return;
    }
    busy = true;
    ask(new JsonObject(), false)
        .onFailure(e -> listener.copied(e.getMessage()))
        .onComplete(
            done -> {
              busy = false;
              if (renewAgain && done.succeeded()) {
                renewNow();
              }
            });
  }

  /**
   * @param first true before there is a link; once there is one, the link itself handles a token
   *     that the server does not accept, and logs it
   */
  private Future<Void> ask(JsonObject request, boolean first) {
    return api.post(OPERATION, secret.token(), request)
        .compose(
            answer ->
                switch (answer.status()) {
                  case 200 -> keep(answer.json());
                  // a server of an earlier version; or the machine was deleted
                  case 404, 405 -> Future.succeededFuture();
                  case 401, 403 -> {
                    if (!first) {
                      yield Future.succeededFuture();
                    }
                    secret.tryNext();
                    yield unavailable(answer.text());
                  }
                  default -> refused(answer);
                })
        .recover(e -> retry(e, () -> ask(request, first)));
  }

  private Future<Void> keep(JsonObject answer) {
    String token = answer.getString("token");
    if (token == null || token.isBlank()) {
      return unavailable("the answer has no token");
    }
    String settle = answer.getString("settle");
    Duration wait = settle == null ? Duration.ZERO : DurationFormat.parse("settle", settle);
    return vertx
        .executeBlocking(
            () -> {
              secret.keep(token);
              return null;
            })
        .compose(kept -> delay(wait.toMillis()))
        .compose(v -> show());
  }

  /** Shows the new token to the server, which makes the old one invalid. */
  private Future<Void> show() {
    return api.post(OPERATION, secret.token(), TOKEN_IS_KEPT)
        .compose(answer -> answer.isOk() ? shown(answer.json()) : refused(answer))
        .recover(e -> retry(e, this::show));
  }

  private Future<Void> shown(JsonObject answer) {
    pause.reset();
    listener.named(answer.getString("name"));
    return Future.succeededFuture();
  }

  private static Future<Void> refused(AgentApiClient.Answer answer) {
    return answer.status() == ErrorCode.COPIED.status()
        ? Future.failedFuture(new EnrolmentClient.Refused(answer.text()))
        : unavailable(answer.text());
  }

  private static Future<Void> unavailable(String text) {
    return Future.failedFuture(new ServiceFailure(ErrorCode.UNAVAILABLE, text));
  }

  private Future<Void> retry(Throwable why, Supplier<Future<Void>> step) {
    if (why instanceof EnrolmentClient.Refused) {
      return Future.failedFuture(why);
    }
    log.info("token not renewed yet [server: {}, reason: {}]", api.server(), why.getMessage());
    api.next();
    return delay(pause.next()).compose(v -> step.get());
  }

  private Future<Void> delay(long millis) {
    if (millis <= 0) {
      return Future.succeededFuture();
    }
    Promise<Void> over = Promise.promise();
    vertx.setTimer(millis, id -> over.complete());
    return over.future();
  }
}
