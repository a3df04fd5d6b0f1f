package io.cta.server.api.access;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.SessionQuery;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.access.RequestAuthenticator;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.security.TokenRegistry;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.access.RenewedSecretView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Issues an agent its next secret. Copies of an agent have the same secret; the first of them that
 * uses its next one is the machine's agent from then on.
 */
public final class SecretResource {
  /** Long enough for a live agent to be told and to use its own next secret. */
  private static final Duration SETTLE = Duration.ofSeconds(5);

  private static final long CLAIM_MILLIS = 3_000;

  private final Vertx vertx;
  private final StoreRepositories stores;
  private final TokenRegistry tokens;

  public SecretResource(Vertx vertx, StoreRepositories stores, TokenRegistry tokens) {
    this.vertx = vertx;
    this.stores = stores;
    this.tokens = tokens;
  }

  public void register(OperationRegistry operations) {
    operations.on("renewSecret", this::renew);
  }

  private Future<ApiResponse> renew(ApiRequest call) {
    String machineId = call.who().machineId();
    return stores
        .machines
        .get(machineId)
        .compose(
            machine -> {
              String name = machine.value().name();
              return call.body().getBoolean("isKept", false)
                  ? Future.succeededFuture(new RenewedSecretView(name, null, null))
                  : issue(call, name);
            })
        .map(ApiResponse::ok);
  }

  private Future<RenewedSecretView> issue(ApiRequest call, String name) {
    String raw = RequestAuthenticator.tokenOf(call.ctx.request());
    return tokens
        .renew(raw)
        .compose(
            issuedToken ->
                isContested(call)
                    .map(
                        contested ->
                            new RenewedSecretView(
                                name, issuedToken.raw(), contested ? SETTLE : null)));
  }

  /**
   * True when another session holds the machine; then registration makes that agent use its next
   * secret.
   */
  private Future<Boolean> isContested(ApiRequest call) {
    String session = call.body().getString("session");
    if (session == null) {
      return Future.succeededFuture(false);
    }
    String machineId = call.who().machineId();
    SessionQuery claim = new SessionQuery(machineId, session);
    return BusAdapter.<Void>ask(vertx, BusAddresses.SESSION_CLAIM, claim, CLAIM_MILLIS)
        .map(false)
        .recover(
            e -> {
              boolean taken = ServiceFailure.is(e, ErrorCode.SESSION_TAKEN);
              if (taken) {
                BusAdapter.announce(vertx, BusAddresses.SECRET_SHARED, machineId);
              }
              return Future.succeededFuture(taken);
            });
  }
}
