package io.cta.server.api.hooks;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.domain.Hook;
import io.cta.domain.HookBuilder;
import io.cta.domain.HookEvent;
import io.cta.domain.HookType;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.LargeBodyPool;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.hooks.HookEventReader;
import io.cta.server.hooks.HookFacts;
import io.cta.server.hooks.HookPlan;
import io.cta.server.hooks.HookSignature;
import io.cta.server.http.BodyBudget;
import io.cta.server.http.HttpLimits;
import io.cta.server.secrets.SecretCipher;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.executions.HookAnswerView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes the calls of hooks. Who does not know the secret gets 401, before the body is read if the
 * headers tell; all others get an answer at once, since forges switch a hook off that is slow or
 * refuses, and the work is done later.
 */
public final class HookReceiver {
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);
  private static final int BIG = 32 * 1024;
  private static final HttpLimits STANDARD = HttpLimits.DEFAULT;

  /** Two whole bodies from one address, four in all. */
  private static final HttpLimits LIMITS =
      new HttpLimits(
          STANDARD.connections(),
          STANDARD.connectionsPerAddress(),
          STANDARD.bodies(),
          STANDARD.bodiesPerAddress(),
          4L * HookBodyReader.MAX_BYTES,
          2L * HookBodyReader.MAX_BYTES,
          STANDARD.headerTimeout(),
          STANDARD.bodyTimeout());

  private final Vertx vertx;
  private final WorkerExecutor threads;
  private final StoreRepositories stores;
  private final SecretCipher cipher;
  private final Clock clock;
  private final HookEvents events;
  private final BodyBudget budget = new BodyBudget(LIMITS);

  public HookReceiver(Vertx vertx, StoreRepositories stores, SecretCipher cipher, Clock clock) {
    this.vertx = vertx;
    threads = LargeBodyPool.of(vertx);
    this.stores = stores;
    this.cipher = cipher;
    this.clock = clock;
    events = new HookEvents(stores);
  }

  public void register(OperationRegistry operations) {
    operations.on("callHook", this::call);
  }

  private Future<ApiResponse> call(ApiRequest call) {
    call.ctx.request().pause();
    return stores
        .hooks
        .find(call.path("id"))
        .compose(
            found -> {
              Hook hook =
                  found.orElseThrow(() -> ServiceFailure.notFound("hook", call.path("id"))).value();
              if (!HookSignature.isPresent(hook.type(), call::header)) {
                throw notGenuine();
              }
              budget.admit(call.ctx, HookBodyReader.MAX_BYTES);
              return HookBodyReader.read(call.ctx.request())
                  .compose(body -> verified(call, hook, body));
            })
        .onFailure(e -> call.ctx.request().resume());
  }

  private Future<ApiResponse> verified(ApiRequest call, Hook hook, Buffer body) {
    Instant now = clock.instant();
    return aside(
            body,
            () ->
                HookSignature.isGenuine(
                    hook.type(), cipher.open(hook.secret()), call::header, body.getBytes(), now))
        .compose(
            genuine -> {
              if (!genuine) {
                throw notGenuine();
              }
              return aside(body, () -> facts(call, hook, body));
            })
        .compose(facts -> taken(call, hook, facts, now))
        .compose(answer -> noted(hook, answer, now).map(answer))
        .map(answer -> ApiResponse.of(answer.outcome().equals("accepted") ? 202 : 200, answer));
  }

  /** Long bodies would hold up the other connections of the event loop. */
  private <T> Future<T> aside(Buffer body, java.util.concurrent.Callable<T> work) {
    if (body.length() >= BIG) {
      return threads.executeBlocking(work, false);
    }
    try {
      return Future.succeededFuture(work.call());
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  private static ServiceFailure notGenuine() {
    return new ServiceFailure(
        ErrorCode.UNAUTHENTICATED, "the call is not signed with the secret of this hook");
  }

  private static Optional<HookFacts> facts(ApiRequest call, Hook hook, Buffer body) {
    try {
      return Optional.of(HookEventReader.read(hook.type(), call::header, new JsonObject(body)));
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  private Future<HookAnswerView> taken(
      ApiRequest call, Hook hook, Optional<HookFacts> read, Instant now) {
    if (read.isEmpty()) {
      return ignored("the body is no JSON object: set the content type to application/json");
    }
    HookFacts facts = read.get();
    if (facts.ignored() != null) {
      return ignored(facts.ignored());
    }
    List<HookPlan.PlannedStart> planned = HookPlan.of(hook, facts);
    if (planned.isEmpty()) {
      return ignored("no trigger of the hook wants " + facts.event() + " of " + facts.ref());
    }
    String key = HookKeys.of(hook, facts, call::header);
    String chainKey = hook.type() == HookType.GITLAB ? call.header("X-Gitlab-Event-UUID") : null;
    return events
        .take(hook, key, chainKey, call.header("X-CTA-Chain"), planned, now)
        .map(
            taken -> {
              if (taken.isNew()) {
                BusAdapter.announce(vertx, BusAddresses.HOOK_DUE, taken.event().id());
              }
              return new HookAnswerView(
                  taken.isNew() ? "accepted" : "repeated",
                  null,
                  taken.event().starts().stream().map(HookEvent.HookStart::executionId).toList());
            })
        .recover(
            e ->
                ServiceFailure.is(e, ErrorCode.CONFLICT)
                    ? ignored("loopCut: " + e.getMessage())
                    : Future.failedFuture(e));
  }

  private static Future<HookAnswerView> ignored(String why) {
    return Future.succeededFuture(new HookAnswerView("ignored", why, List.of()));
  }

  /**
   * People look there first when nothing happens; a hook that is called often is written seldom.
   */
  private Future<Void> noted(Hook known, HookAnswerView answer, Instant now) {
    String outcome =
        answer.reason() == null ? answer.outcome() : answer.outcome() + ": " + answer.reason();
    boolean recent =
        known.lastEventAt() != null
            && outcome.equals(known.lastOutcome())
            && Duration.between(known.lastEventAt(), now).abs().compareTo(NOTED_EVERY) < 0;
    return recent
        ? Future.succeededFuture()
        : stores
            .hooks
            .update(
                known.id(),
                hook -> HookBuilder.builder(hook).lastEventAt(now).lastOutcome(outcome).build())
            .<Void>mapEmpty()
            .otherwiseEmpty();
  }
}
