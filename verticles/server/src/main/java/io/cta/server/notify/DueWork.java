package io.cta.server.notify;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentStore;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Does what documents say is due: those it is told of at once, and those that nobody announced
 * here, of other nodes, of an earlier run, or to be tried again. Event loop of its verticle only.
 */
final class DueWork {
  private static final int MAX_BUSY = 16;
  private static final int MAX_WAITING = 10_000;
  private static final int PAGE = 1_000;

  private final DocumentStore documents;
  private final CollectionSpec collection;
  private final String field;
  private final TimeSource time;
  private final HandlerQueue queue;
  private final BiFunction<String, Boolean, Future<?>> work;
  private final Consumer<Throwable> failed;

  /**
   * @param field the instant since when something is due; absent when nothing is
   * @param giveUp how long one is tried
   * @param work does what is due for an id; the flag says whether it is the last try
   */
  DueWork(
      DocumentStore documents,
      CollectionSpec collection,
      String field,
      TimeSource time,
      Duration giveUp,
      BiFunction<String, Boolean, Future<?>> work,
      Consumer<Throwable> failed) {
    this.documents = documents;
    this.collection = collection;
    this.field = field;
    this.time = time;
    this.queue = new HandlerQueue(MAX_BUSY, MAX_WAITING, giveUp);
    this.work = work;
    this.failed = failed;
  }

  /** Something is due for this document, by this node if possible. */
  void told(String id) {
    queue.told(id);
    begin();
  }

  /** Takes in what the store says is due. */
  Future<Void> find() {
    DocumentQuery due =
        DocumentQuery.of(collection, DocumentFilter.ALL.and(field, DocumentFilter.Op.EXISTS), PAGE)
            .sortedBy(field, false);
    return documents
        .find(due)
        .map(
            page -> {
              queue.found(page.items().stream().map(found -> found.id()).toList(), time.nanos());
              begin();
              return null;
            });
  }

  private void begin() {
    queue.take().forEach(this::run);
  }

  private void run(String id) {
    work.apply(id, queue.isLastTry(id, time.nanos()))
        .onFailure(failed::accept)
        .onComplete(
            done -> {
              queue.over(id);
              begin();
            });
  }
}
