package io.cta.server.api;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.DoorKnock;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.Durations;
import io.cta.server.http.BearerHeader;
import io.cta.server.security.Tokens;
import io.cta.server.store.Stores;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * Hands an agent its next secret. Copies of an agent have the same one, and only the first of them
 * that shows its next one is the machine's agent from then on.
 */
final class SecretResource {
  /** In that time an agent that is alive has been told, and has shown its own next secret. */
  private static final Duration SETTLE = Duration.ofSeconds(5);

  private static final long CLAIM_MILLIS = 3_000;

  private final Vertx vertx;
  private final Stores stores;
  private final Tokens tokens;

  SecretResource(Vertx vertx, Stores stores, Tokens tokens) {
    this.vertx = vertx;
    this.stores = stores;
    this.tokens = tokens;
  }

  void register(Operations operations) {
    operations.on("renewSecret", this::renew);
  }

  private Future<Answer> renew(Call call) {
    String machineId = call.who().machineId();
    return stores
        .machines
        .get(machineId)
        .compose(
            machine -> {
              JsonObject answer = new JsonObject().put("name", machine.value().name());
              return call.body().getBoolean("isKept", false)
                  ? Future.succeededFuture(Answer.of(200, answer))
                  : handOut(call, answer);
            });
  }

  private Future<Answer> handOut(Call call, JsonObject answer) {
    String raw = BearerHeader.token(call.header("Authorization"));
    return tokens
        .renew(raw)
        .compose(
            issued -> {
              answer.put("token", issued.raw());
              String session = call.body().getString("session");
              return session == null ? Future.succeededFuture(false) : isContested(call, session);
            })
        .map(
            contested -> {
              if (contested) {
                answer.put("settle", Durations.format(SETTLE));
              }
              return Answer.of(200, answer);
            });
  }

  /** Whether another session speaks for the machine; then registration makes it show itself. */
  private Future<Boolean> isContested(Call call, String session) {
    String machineId = call.who().machineId();
    DoorKnock claim = new DoorKnock(machineId, session);
    return Consumers.<Void>ask(vertx, Addresses.SESSION_CLAIM, claim, CLAIM_MILLIS)
        .map(false)
        .recover(
            e -> {
              boolean taken = e instanceof ServiceFailure f && f.code() == ErrorCode.CONFLICT;
              if (taken) {
                Consumers.announce(vertx, Addresses.SECRET_SHARED, machineId);
              }
              return Future.succeededFuture(taken);
            });
  }
}
