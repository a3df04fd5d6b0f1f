package io.cta.server.notify;

import io.cta.domain.Execution;
import io.cta.domain.Result;
import io.cta.domain.Status;
import io.cta.server.notify.mail.ResultChanges;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentFilter.Op;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Compares an execution with the one before it, of the same scenario and branch. */
final class ChangesReader {
  /** So many of those that failed before are looked for. */
  private static final int MAX_REPAIRED = 20;

  private static final int PAGE = 100;

  private final StoreRepositories stores;
  private final PreviousExecution previous;
  private final FailureReader failures;

  ChangesReader(StoreRepositories stores) {
    this.stores = stores;
    this.previous = new PreviousExecution(stores);
    this.failures = new FailureReader(stores);
  }

  Future<ResultChanges> of(Execution execution) {
    return previous
        .of(execution)
        .compose(
            before ->
                before.isEmpty()
                    ? Future.succeededFuture(ResultChanges.NONE)
                    : compared(execution, before.get()));
  }

  private Future<ResultChanges> compared(Execution now, Execution before) {
    String result = before.result().wire();
    return failures
        .of(now)
        .compose(
            failing ->
                failures
                    .of(before)
                    .compose(
                        failed -> {
                          if (failing.cut() || failed.cut()) {
                            return Future.succeededFuture(
                                new ResultChanges(result, List.of(), List.of(), false));
                          }
                          List<String> fresh =
                              ResultChanges.without(failing.statuses(), failed.statuses());
                          return repaired(now, failed.statuses(), failing.statuses())
                              .map(done -> new ResultChanges(result, fresh, done, true));
                        }));
  }

  /** Those that failed and of which there is an ok now: what did not run is not repaired. */
  private Future<List<String>> repaired(Execution now, List<Status> failed, List<Status> failing) {
    List<String> names = ResultChanges.without(failed, failing);
    List<Status> gone =
        failed.stream()
            .filter(status -> names.contains(ResultChanges.name(status)))
            .limit(MAX_REPAIRED)
            .toList();
    List<String> out = new ArrayList<>();
    Future<Void> done = Future.succeededFuture();
    for (Status status : gone) {
      done =
          done.compose(v -> isOk(now, status))
              .map(
                  ok -> {
                    if (ok && !out.contains(ResultChanges.name(status))) {
                      out.add(ResultChanges.name(status));
                    }
                    return null;
                  });
    }
    return done.map(out);
  }

  private Future<Boolean> isOk(Execution now, Status wanted) {
    DocumentFilter ok =
        DocumentFilter.eq("executionId", now.id()).and("result", Op.EQ, Result.OK.wire());
    DocumentFilter filter =
        wanted.name() == null ? ok.and("name", Op.MISSING) : ok.and("name", Op.EQ, wanted.name());
    return stores
        .statuses
        .find(DocumentQuery.of(StoreCollections.STATUSES, filter, PAGE))
        .map(
            page ->
                page.items().stream()
                    .anyMatch(
                        found ->
                            ResultChanges.name(found.value()).equals(ResultChanges.name(wanted))));
  }
}
