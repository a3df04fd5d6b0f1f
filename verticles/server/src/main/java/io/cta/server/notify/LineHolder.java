package io.cta.server.notify;

import io.cta.domain.CommitLine;
import io.cta.domain.CommitLineBuilder;
import io.cta.domain.Delivery;
import io.cta.domain.Forge;
import io.cta.server.store.DocumentWrite.Outcome;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Has one node at a time talk to a forge about one thing. Event loop of its verticle only. */
final class LineHolder {
  private static final Duration SOON = Duration.ofMillis(250);

  private final StoreRepositories stores;
  private final LineClaims claims;
  private final TimeSource time;

  LineHolder(StoreRepositories stores, LineClaims claims, TimeSource time) {
    this.stores = stores;
    this.claims = claims;
    this.time = time;
  }

  String self() {
    return claims.self();
  }

  /** Does the work while the line is held; completes with a short wait when another node has it. */
  Future<Optional<Duration>> holding(
      String id, Function<CommitLine, Future<Optional<Duration>>> work) {
    return stores
        .commitLines
        .find(id)
        .compose(
            line -> {
              if (line.isPresent() && claims.isTaken(line.get(), time.nanos())) {
                return Future.succeededFuture(Optional.of(SOON));
              }
              CommitLine mine =
                  line.map(known -> CommitLineBuilder.builder(known.value()))
                      .orElseGet(() -> CommitLineBuilder.builder().id(id))
                      .claimedBy(claims.self())
                      .updatedAt(time.now())
                      .build();
              Future<Outcome> claim =
                  line.isPresent()
                      ? stores.commitLines.replace(id, line.get(), mine)
                      : stores.commitLines.insert(id, mine);
              return claim.compose(
                  outcome ->
                      outcome == Outcome.DONE
                          ? work.apply(mine).eventually(() -> released(id))
                          : Future.succeededFuture(Optional.of(SOON)));
            });
  }

  /**
   * Marks a row of a line that is held as this node's; completes with its forge if that is still
   * there.
   */
  Future<Optional<Forge>> claimed(VersionedEntity<Delivery> found, Delivery mine) {
    return stores
        .deliveries
        .replace(mine.id(), found, mine)
        .compose(
            outcome ->
                outcome == Outcome.DONE
                    ? stores.forges.find(mine.channelId())
                    : Future.failedFuture(new IllegalStateException("another node was faster")))
        .map(forge -> forge.map(VersionedEntity::value));
  }

  private Future<Void> released(String id) {
    return stores
        .commitLines
        .update(
            id,
            line ->
                claims.self().equals(line.claimedBy())
                    ? CommitLineBuilder.builder(line).claimedBy(null).build()
                    : line)
        .mapEmpty();
  }
}
