package io.cta.server.aggregation;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.ExecutionChanged;
import io.cta.domain.Execution;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.Collections;
import io.cta.server.store.Filter;
import io.cta.server.store.Query;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import io.cta.server.store.Write;
import io.cta.state.ExecutionFold;
import io.cta.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** Brings one stored execution up to what its tasks come to. Event loop of its verticle only. */
final class Recompute {
  /** What became of it. */
  enum Outcome {
    /** As its tasks make it. */
    DONE,
    /** Terminal. */
    OVER,
    /** To be looked at again soon: a small change so early, or tasks that outran the planning. */
    SOON
  }

  private static final int PAGE = 1_000;
  private static final int TRIES = 20;
  private static final long SMALL_CHANGES_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Vertx vertx;
  private final Stores stores;
  private final Ticker ticker;

  Recompute(Vertx vertx, Stores stores, Ticker ticker) {
    this.vertx = vertx;
    this.stores = stores;
    this.ticker = ticker;
  }

  Future<Outcome> of(String executionId, Known known) {
    return load(executionId, known).compose(v -> settle(known, TRIES));
  }

  private Future<Void> load(String executionId, Known known) {
    if (known.loaded) {
      return known.outdated ? reread(known) : Future.succeededFuture();
    }
    Query tasks =
        Query.of(Collections.TASKS, Filter.eq("executionId", executionId), PAGE)
            .omitting("testIds", "attemptTestIds");
    return stores
        .executions
        .get(executionId)
        .compose(
            found -> {
              known.execution(found);
              return stores.tasks.each(tasks, known::task);
            })
        .onSuccess(v -> known.loaded = true);
  }

  private Future<Outcome> settle(Known known, int tries) {
    Stored<Execution> before = known.execution();
    Execution next = ExecutionFold.fold(before.value(), known.tasks());
    if (next == before.value()) {
      return stayed(known, before, tries);
    }
    boolean small = next.state() == before.value().state();
    if (small
        && known.writtenAt != null
        && ticker.nanos() - known.writtenAt < SMALL_CHANGES_NANOS) {
      return Future.succeededFuture(Outcome.SOON);
    }
    return stores
        .executions
        .replace(next.id(), before, next)
        .compose(
            outcome -> {
              if (outcome == Write.Outcome.DONE) {
                return Future.succeededFuture(written(known, next, before.version() + 1));
              }
              return tries > 1
                  ? reread(known).compose(v -> settle(known, tries - 1))
                  : Future.failedFuture(
                      new ServiceFailure(
                          ErrorCode.CONFLICT, "execution " + next.id() + " is contended"));
            });
  }

  private Outcome written(Known known, Execution next, long version) {
    known.writtenAt = ticker.nanos();
    known.execution(new Stored<>(next, version));
    Consumers.announce(vertx, Addresses.EXECUTION_CHANGED, new ExecutionChanged(next, version));
    if (next.state().terminal()) {
      return Outcome.OVER;
    }
    return known.allTasksOver() ? Outcome.SOON : Outcome.DONE;
  }

  /** All tasks over and the execution is not: it may have been planned meanwhile. */
  private Future<Outcome> stayed(Known known, Stored<Execution> before, int tries) {
    if (before.value().state().terminal()) {
      return Future.succeededFuture(Outcome.OVER);
    }
    if (!known.allTasksOver()) {
      return Future.succeededFuture(Outcome.DONE);
    }
    return reread(known)
        .compose(
            v ->
                known.execution() != before && tries > 1
                    ? settle(known, tries - 1)
                    : Future.succeededFuture(Outcome.SOON));
  }

  private Future<Void> reread(Known known) {
    known.outdated = false;
    return stores
        .executions
        .get(known.execution().value().id())
        .map(
            found -> {
              known.execution(found);
              return null;
            });
  }
}
