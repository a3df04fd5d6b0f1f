package io.cta.server.registration;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.IdentityRefused;
import io.cta.bus.MachineCommand;
import io.cta.bus.SessionQuery;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageSource;
import io.cta.message.MessageTypes;
import io.cta.message.SecretRenew;
import io.cta.server.sequence.KeyedActionQueue;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns people of agents that use a copy of another agent's identity, and makes the agent that was
 * connected first renew its secret, so that the copy's secret is dead before that agent leaves.
 * Event loop of its verticle only.
 */
final class IdentityAlarm {
  private static final Logger log = LoggerFactory.getLogger(IdentityAlarm.class);
  private static final long COMMAND_TIMEOUT_MILLIS = 10_000;

  private final StoreRepositories stores;
  private final MachineRegistry registry;
  private final KeyedActionQueue keyedActionQueue;
  private final TimeSource time;
  private final Duration lease;
  private Vertx vertx;

  IdentityAlarm(
      StoreRepositories stores,
      MachineRegistry registry,
      KeyedActionQueue keyedActionQueue,
      TimeSource time,
      Duration lease) {
    this.stores = stores;
    this.registry = registry;
    this.keyedActionQueue = keyedActionQueue;
    this.time = time;
    this.lease = lease;
  }

  void start(Vertx on) {
    vertx = on;
    BusAdapter.<IdentityRefused>hear(on, BusAddresses.IDENTITY_REFUSED, this::refused);
    BusAdapter.<String>hear(on, BusAddresses.SECRET_SHARED, this::renew);
    BusAdapter.<SessionQuery>serve(on, BusAddresses.SESSION_CLAIM, this::claim);
  }

  private Future<Void> claim(SessionQuery claim) {
    return registry
        .find(claim.machineId())
        .map(
            machineSession -> {
              if (machineSession != null
                  && machineSession.takenBy(claim.session(), time.nanos(), lease)) {
                throw new ServiceFailure(ErrorCode.SESSION_TAKEN, "another session speaks for it");
              }
              return null;
            });
  }

  private void refused(IdentityRefused refused) {
    log.warn(
        "a copy of a machine's identity is refused [machine: {}, address: {}]",
        refused.machineId(),
        refused.address());
    keyedActionQueue
        .enqueue(refused.machineId(), () -> note(refused))
        .onFailure(e -> log.warn("refusal not stored [machine: {}]", refused.machineId(), e));
  }

  private Future<Void> note(IdentityRefused refused) {
    return registry
        .find(refused.machineId())
        .compose(
            machineSession ->
                machineSession == null
                    ? Future.succeededFuture()
                    : registry.change(
                        machineSession,
                        m -> DuplicateIdentityNotice.added(m, refused.address(), time.now())));
  }

  /** Older agents do not know the command, so it goes only to agents that have renewed before. */
  private void renew(String machineId) {
    DocumentQuery tokens =
        DocumentQuery.of(StoreCollections.TOKENS, DocumentFilter.eq("machineId", machineId), 10);
    stores
        .tokens
        .find(tokens)
        .compose(
            page ->
                page.items().stream().allMatch(token -> token.value().retired().isEmpty())
                    ? Future.succeededFuture()
                    : BusAdapter.<Void>ask(
                        vertx,
                        BusAddresses.DISPATCH_COMMAND,
                        new MachineCommand(machineId, command(machineId)),
                        COMMAND_TIMEOUT_MILLIS))
        .onFailure(e -> log.warn("agent not told to renew [machine: {}]", machineId, e));
  }

  private static MessageEnvelope command(String machineId) {
    return MessageEnvelope.of(
        MessageTypes.SECRET_RENEW, MessageSource.SERVER, new SecretRenew(machineId));
  }
}
