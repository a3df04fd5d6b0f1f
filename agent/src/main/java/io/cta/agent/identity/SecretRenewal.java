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
 * Gets the agent a new token at each connection, so that a copy of its data directory is found out:
 * the old token is dead once the new one is shown. Asks for it, keeps it, and shows it; again until
 * that has worked. Usable from any context.
 */
public final class SecretRenewal {
  private static final Logger log = LoggerFactory.getLogger(SecretRenewal.class);
  private static final String OPERATION = "secret";
  private static final JsonObject KEPT = new JsonObject().put("isKept", true);

  /** What the agent should know. Called on a context of its own. */
  public interface Listener {
    /** What the server calls the machine. */
    void named(String name);

    /** The token is dead: this agent is the copy of another one. */
    void copied(String text);
  }

  private final Vertx vertx;
  private final Context home;
  private final AgentApiClient api;
  private final AgentSecret secret;
  private final Listener listener;
  private final RetryPause pause = new RetryPause();
  private boolean busy;
  private boolean wanted;
  private boolean justDone;

  public SecretRenewal(Vertx vertx, List<URI> servers, AgentSecret secret, Listener listener) {
    this.vertx = vertx;
    this.home = vertx.getOrCreateContext();
    this.api = new AgentApiClient(vertx, servers);
    this.secret = secret;
    this.listener = listener;
  }

  /**
   * Renews the token before there is a link: where the link's own other end does not ask for it.
   * Completes when it is done, or the server knows of no renewal; fails with {@link
   * Enrolment.Refused} when the token is dead.
   */
  public Future<Void> checkIn(String session) {
    Promise<Void> done = Promise.promise();
    home.runOnContext(
        v ->
            ask(new JsonObject().put("session", session), true)
                .onSuccess(renewed -> justDone = true)
                .onComplete(done));
    return done.future();
  }

  /** The link is up. */
  public void connected() {
    home.runOnContext(
        v -> {
          if (!justDone) {
            begin();
          }
          justDone = false;
        });
  }

  /** Somebody else may have the token. */
  public void renew() {
    home.runOnContext(v -> begin());
  }

  private void begin() {
    wanted = busy;
    if (busy) {
      return;
    }
    busy = true;
    ask(new JsonObject(), false)
        .onFailure(e -> listener.copied(e.getMessage()))
        .onComplete(
            done -> {
              busy = false;
              if (wanted && done.succeeded()) {
                begin();
              }
            });
  }

  /**
   * @param first true before there is a link, which would show the token and log what is wrong
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
                    secret.unknown();
                    yield later(answer.text());
                  }
                  default -> refused(answer);
                })
        .recover(e -> again(e, () -> ask(request, first)));
  }

  private Future<Void> keep(JsonObject answer) {
    String token = answer.getString("token");
    if (token == null || token.isBlank()) {
      return later("the answer has no token");
    }
    String settle = answer.getString("settle");
    Duration wait = settle == null ? Duration.ZERO : DurationFormat.parse("settle", settle);
    return vertx
        .executeBlocking(
            () -> {
              secret.keep(token);
              return null;
            })
        .compose(kept -> rest(wait.toMillis()))
        .compose(v -> show());
  }

  /** With this the old token is dead. */
  private Future<Void> show() {
    return api.post(OPERATION, secret.token(), KEPT)
        .compose(answer -> answer.isOk() ? shown(answer.json()) : refused(answer))
        .recover(e -> again(e, this::show));
  }

  private Future<Void> shown(JsonObject answer) {
    pause.reset();
    listener.named(answer.getString("name"));
    return Future.succeededFuture();
  }

  private static Future<Void> refused(AgentApiClient.Answer answer) {
    return answer.status() == ErrorCode.COPIED.status()
        ? Future.failedFuture(new EnrolmentClient.Refused(answer.text()))
        : later(answer.text());
  }

  private static Future<Void> later(String text) {
    return Future.failedFuture(new ServiceFailure(ErrorCode.UNAVAILABLE, text));
  }

  private Future<Void> again(Throwable why, Supplier<Future<Void>> step) {
    if (why instanceof EnrolmentClient.Refused) {
      return Future.failedFuture(why);
    }
    log.info("token not renewed yet [server: {}, reason: {}]", api.server(), why.getMessage());
    api.next();
    return rest(pause.next()).compose(v -> step.get());
  }

  private Future<Void> rest(long millis) {
    if (millis <= 0) {
      return Future.succeededFuture();
    }
    Promise<Void> over = Promise.promise();
    vertx.setTimer(millis, id -> over.complete());
    return over.future();
  }
}
