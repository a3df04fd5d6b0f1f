package io.cta.server.tracking;

import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.WriteStep;
import io.cta.server.tasks.TaskWriter;
import io.cta.server.tracking.ResultRecorder.PendingResults;
import io.vertx.core.Future;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Stores what a batch of events says, with as few calls as possible. Event loop of its verticle
 * only.
 */
final class EventBatchWriter {
  private final DocumentStore documents;
  private final TaskWriter writer;
  private final ResultRecorder resultRecorder;

  EventBatchWriter(DocumentStore documents, TaskWriter writer, ResultRecorder resultRecorder) {
    this.documents = documents;
    this.writer = writer;
    this.resultRecorder = resultRecorder;
  }

  /** Stores results by themselves. */
  Future<Void> record(PendingResults results) {
    List<DocumentWrite> writes = resultRecorder.writes(results);
    return writes.isEmpty()
        ? Future.succeededFuture()
        : documents
            .apply(writes)
            .map(
                outcomes -> {
                  resultRecorder.stored(results, outcomes);
                  return null;
                });
  }

  /** Stores results and the moved tasks of a batch with one call; the moves learn their outcome. */
  Future<Void> write(List<TaskEvents> batch, PendingResults results) {
    List<TaskEvents> moved =
        batch.stream().filter(events -> events.move != null && events.move.changes()).toList();
    List<DocumentWrite> first = resultRecorder.writes(results);
    List<DocumentWrite> second = moved.stream().map(e -> writer.writing(e.move)).toList();
    List<WriteStep> steps =
        Stream.of(first, second)
            .filter(writes -> !writes.isEmpty())
            .map(writes -> new WriteStep(writes, false))
            .toList();
    return documents
        .applySteps(steps)
        .map(
            outcomes -> {
              resultRecorder.stored(results, outcomes.subList(0, first.size()));
              Iterator<DocumentWrite.Outcome> each =
                  outcomes.subList(first.size(), outcomes.size()).iterator();
              moved.forEach(events -> events.moved = each.next());
              return null;
            });
  }
}
