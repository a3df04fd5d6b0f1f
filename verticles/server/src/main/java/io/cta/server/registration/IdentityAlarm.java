package io.cta.server.registration;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.DoorKnock;
import io.cta.bus.IdentityRefused;
import io.cta.bus.MachineCommand;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.Envelope;
import io.cta.message.MessageSource;
import io.cta.message.SecretRenew;
import io.cta.message.Types;
import io.cta.server.store.Collections;
import io.cta.server.store.Filter;
import io.cta.server.store.Query;
import io.cta.server.store.Stores;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people of agents that have the identity of another one, and has the one that was there
 * first get a new secret, so that theirs is dead before it leaves. Event loop of its verticle only.
 */
final class IdentityAlarm {
  private static final Logger log = LoggerFactory.getLogger(IdentityAlarm.class);
  private static final long COMMAND_TIMEOUT_MILLIS = 10_000;

  private final Stores stores;
  private final MachineRecords records;
  private final InTurn inTurn;
  private final TimeSource time;
  private final Duration lease;
  private Vertx vertx;

  IdentityAlarm(
      Stores stores, MachineRecords records, InTurn inTurn, TimeSource time, Duration lease) {
    this.stores = stores;
    this.records = records;
    this.inTurn = inTurn;
    this.time = time;
    this.lease = lease;
  }

  void start(Vertx on) {
    vertx = on;
    Consumers.<IdentityRefused>hear(on, Addresses.IDENTITY_REFUSED, this::refused);
    Consumers.<String>hear(on, Addresses.SECRET_SHARED, this::renew);
    Consumers.<DoorKnock>serve(on, Addresses.SESSION_CLAIM, this::claim);
  }

  private Future<Void> claim(DoorKnock claim) {
    return records
        .find(claim.machineId())
        .map(
            seat -> {
              if (seat != null && seat.takenBy(claim.session(), time.nanos(), lease)) {
                throw new ServiceFailure(ErrorCode.CONFLICT, "another session speaks for it");
              }
              return null;
            });
  }

  private void refused(IdentityRefused refused) {
    log.warn(
        "a copy of a machine's identity is refused [machine: {}, address: {}]",
        refused.machineId(),
        refused.address());
    inTurn
        .then(refused.machineId(), () -> note(refused))
        .onFailure(e -> log.warn("refusal not stored [machine: {}]", refused.machineId(), e));
  }

  private Future<Void> note(IdentityRefused refused) {
    return records
        .find(refused.machineId())
        .compose(
            seat ->
                seat == null
                    ? Future.succeededFuture()
                    : records.change(
                        seat, m -> CopyNotice.added(m, refused.address(), time.now())));
  }

  /** Agents of earlier versions do not know of it: only one that has had a new secret is told. */
  private void renew(String machineId) {
    Query tokens = Query.of(Collections.TOKENS, Filter.eq("machineId", machineId), 10);
    stores
        .tokens
        .find(tokens)
        .compose(
            page ->
                page.items().stream().allMatch(token -> token.value().retired().isEmpty())
                    ? Future.succeededFuture()
                    : Consumers.<Void>ask(
                        vertx,
                        Addresses.DISPATCH_COMMAND,
                        new MachineCommand(machineId, command(machineId)),
                        COMMAND_TIMEOUT_MILLIS))
        .onFailure(e -> log.warn("agent not told to renew [machine: {}]", machineId, e));
  }

  private static Envelope command(String machineId) {
    return Envelope.of(Types.SECRET_RENEW, MessageSource.SERVER, new SecretRenew(machineId));
  }
}
