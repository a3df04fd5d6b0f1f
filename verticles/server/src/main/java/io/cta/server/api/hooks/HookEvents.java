package io.cta.server.api.hooks;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionChain;
import io.cta.domain.Hook;
import io.cta.domain.HookEvent;
import io.cta.domain.IdGenerator;
import io.cta.server.executions.ChainClaim;
import io.cta.server.hooks.HookPlan;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentWrite.Outcome;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Stores calls that start something, each once. */
final class HookEvents {
  private final StoreRepositories stores;

  HookEvents(StoreRepositories stores) {
    this.stores = stores;
  }

  /** A stored call, and whether it was not known before. */
  record Taken(HookEvent event, boolean isNew) {}

  /**
   * Fails with CONFLICT when calls cause each other in a loop.
   *
   * @param chainKey what calls have in common that cause each other, or null
   * @param claim header by which CTA's own messages say which execution they come from, or null
   */
  Future<Taken> take(
      Hook hook,
      String id,
      String chainKey,
      String claim,
      List<HookPlan.PlannedStart> planned,
      Instant now) {
    return stores
        .hookEvents
        .find(id)
        .compose(
            known ->
                known.isPresent()
                    ? Future.succeededFuture(new Taken(known.get().value(), false))
                    : chain(hook, chainKey, claim)
                        .map(chain -> event(hook, id, chainKey, chain, planned, now))
                        .compose(this::inserted));
  }

  private Future<Taken> inserted(HookEvent event) {
    return stores
        .hookEvents
        .insert(event.id(), event)
        .compose(
            outcome ->
                outcome == Outcome.DONE
                    ? Future.succeededFuture(new Taken(event, true))
                    : stores
                        .hookEvents
                        .get(event.id())
                        .map(first -> new Taken(first.value(), false)));
  }

  private Future<ExecutionChain> chain(Hook hook, String chainKey, String claim) {
    if (claim != null) {
      ChainClaim parsed = ChainClaim.parse(claim);
      return parent(parsed.executionId()).map(parsed::of);
    }
    if (chainKey == null) {
      return Future.succeededFuture();
    }
    DocumentFilter same =
        DocumentFilter.eq("chainKey", chainKey).and("hookId", DocumentFilter.Op.EQ, hook.id());
    return stores
        .hookEvents
        .find(DocumentQuery.of(StoreCollections.HOOK_EVENTS, same, 1).sortedBy("at", true))
        .compose(
            page ->
                page.items().isEmpty()
                    ? Future.succeededFuture()
                    : after(page.items().get(0).value().starts().get(0)));
  }

  /** The earlier call caused this one, by way of what its execution did. */
  private Future<ExecutionChain> after(HookEvent.HookStart before) {
    return parent(before.executionId())
        .map(
            parent ->
                new ChainClaim(before.executionId(), ExecutionChain.depth(before.chain()))
                    .of(parent));
  }

  private Future<Optional<Execution>> parent(String id) {
    return stores.executions.find(id).map(found -> found.map(VersionedEntity::value));
  }

  private static HookEvent event(
      Hook hook,
      String id,
      String chainKey,
      ExecutionChain chain,
      List<HookPlan.PlannedStart> planned,
      Instant now) {
    List<HookEvent.HookStart> starts =
        IntStream.range(0, planned.size())
            .mapToObj(
                i ->
                    new HookEvent.HookStart(
                        IdGenerator.derived(now, id + " " + i),
                        planned.get(i).scenario(),
                        planned.get(i).parameters(),
                        planned.get(i).ref(),
                        planned.get(i).source(),
                        planned.get(i).report(),
                        chain,
                        null))
            .toList();
    return new HookEvent(id, hook.id(), hook.name(), chainKey, now, now, starts);
  }
}
