package io.cta.server.api.executions;

import io.cta.domain.LogChunk;
import io.cta.domain.Task;
import io.cta.error.ServiceFailure;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import java.util.List;

/** Reads the chunks of one task attempt. */
public final class LogReader {
  /** The output of one task attempt; {@code over} when no more of it will come. */
  record Source(String taskId, int attempt, boolean over) {}

  /** Chunks in order; {@code last} if the store had no more of them. */
  record Part(List<LogChunk> chunks, boolean last) {}

  private static final int PAGE = 16;

  /** Of 64 KiB at most. */
  private static final int END_CHUNKS = 8;

  private final StoreRepositories stores;

  public LogReader(StoreRepositories stores) {
    this.stores = stores;
  }

  /** Finds the requested attempt, 0 for the current one. */
  Future<Source> source(String taskId, int attempt) {
    return stores
        .tasks
        .get(taskId)
        .map(
            found -> {
              Task task = found.value();
              int wanted = attempt == 0 ? task.attempt() : attempt;
              if (wanted > task.attempt()) {
                throw ServiceFailure.notFound("attempt", String.valueOf(wanted));
              }
              return new Source(taskId, wanted, over(task, wanted));
            });
  }

  static boolean over(Task task, int attempt) {
    return task.state().terminal()
        || task.attempt() > attempt
        || task.attempts().stream().anyMatch(a -> a.number() == attempt)
        || task.endState() != null;
  }

  /** How many bytes the attempt has written so far, gaps included. */
  Future<Long> size(Source source) {
    return stores
        .logs
        .find(query(filter(source), true, 1))
        .map(page -> page.items().isEmpty() ? 0L : LogRange.end(page.items().get(0).value()));
  }

  /**
   * The last chunks of one test, or of all, the latest first.
   *
   * @param testId null for all of the attempt
   */
  Future<List<LogChunk>> end(Source source, String testId) {
    DocumentFilter filter =
        testId == null
            ? filter(source)
            : filter(source).and("testId", DocumentFilter.Op.EQ, testId);
    return stores
        .logs
        .find(query(filter, true, END_CHUNKS))
        .map(page -> page.items().stream().map(VersionedEntity::value).toList());
  }

  /** Reads the next chunks from an offset on; the first may begin before it. */
  Future<Part> from(Source source, long offset) {
    DocumentFilter before = filter(source).and("offset", DocumentFilter.Op.LTE, offset);
    return stores
        .logs
        .find(query(before, true, 1))
        .compose(
            first -> {
              List<LogChunk> holding =
                  first.items().stream()
                      .map(VersionedEntity::value)
                      .filter(chunk -> LogRange.end(chunk) > offset)
                      .toList();
              return holding.isEmpty()
                  ? after(source, offset)
                  : Future.succeededFuture(new Part(holding, false));
            });
  }

  private Future<Part> after(Source source, long offset) {
    DocumentFilter later = filter(source).and("offset", DocumentFilter.Op.GTE, offset);
    return stores
        .logs
        .find(query(later, false, PAGE))
        .map(
            page ->
                new Part(
                    page.items().stream().map(VersionedEntity::value).toList(),
                    page.next() == null));
  }

  private static DocumentFilter filter(Source source) {
    return DocumentFilter.eq("taskId", source.taskId())
        .and("attempt", DocumentFilter.Op.EQ, source.attempt());
  }

  private static DocumentQuery query(DocumentFilter filter, boolean descending, int limit) {
    return DocumentQuery.of(StoreCollections.LOGS, filter, limit).sortedBy("offset", descending);
  }
}
