package io.cta.server.tracking;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.LogStored;
import io.cta.bus.StatusesStored;
import io.cta.domain.LogChunk;
import io.cta.domain.Status;
import io.cta.message.LogWritten;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Makes the writes for statuses and log chunks, each once, and announces those that are new. */
final class ResultRecorder {
  private final Vertx vertx;
  private final StoreRepositories stores;

  ResultRecorder(Vertx vertx, StoreRepositories stores) {
    this.vertx = vertx;
    this.stores = stores;
  }

  /**
   * Results that are to be stored.
   *
   * @param statuses of one task each
   */
  record PendingResults(List<List<Status>> statuses, List<LogChunk> chunks) {
    PendingResults and(PendingResults more) {
      List<List<Status>> all = new ArrayList<>(statuses);
      all.addAll(more.statuses);
      List<LogChunk> output = new ArrayList<>(chunks);
      output.addAll(more.chunks);
      return new PendingResults(all, output);
    }
  }

  static final PendingResults NOTHING = new PendingResults(List.of(), List.of());

  /** The statuses and output of a batch that agents reported. */
  static PendingResults reported(List<TaskEvents> batch, Instant now) {
    List<List<Status>> statuses = batch.stream().map(events -> events.statuses).toList();
    List<LogChunk> chunks = new ArrayList<>();
    for (TaskEvents taskEvents : batch) {
      for (LogWritten output : taskEvents.outputs) {
        chunks.add(StatusMapper.chunk(output, now));
      }
    }
    return new PendingResults(statuses, chunks);
  }

  /** The statuses that the server itself made for a batch. */
  static PendingResults substitutes(List<TaskEvents> batch) {
    return new PendingResults(batch.stream().map(events -> events.substitutes).toList(), List.of());
  }

  List<DocumentWrite> writes(PendingResults results) {
    List<DocumentWrite> writes = new ArrayList<>();
    results.statuses.forEach(
        of -> of.forEach(s -> writes.add(stores.statuses.inserting(s.id(), s))));
    results.chunks.forEach(chunk -> writes.add(stores.logs.inserting(chunk.id(), chunk)));
    return writes;
  }

  /**
   * Announces what was not there before.
   *
   * @param outcomes of the writes, in their order
   */
  void stored(PendingResults results, List<DocumentWrite.Outcome> outcomes) {
    Iterator<DocumentWrite.Outcome> each = outcomes.iterator();
    for (List<Status> ofTask : results.statuses) {
      announce(ofTask.stream().filter(s -> each.next() == DocumentWrite.Outcome.DONE).toList());
    }
    for (LogChunk chunk : results.chunks) {
      if (each.next() == DocumentWrite.Outcome.DONE) {
        BusAdapter.announce(vertx, BusAddresses.LOG_STORED, new LogStored(chunk));
      }
    }
  }

  private void announce(List<Status> statuses) {
    if (!statuses.isEmpty()) {
      Status one = statuses.get(0);
      BusAdapter.announce(
          vertx,
          BusAddresses.STATUSES_STORED,
          new StatusesStored(one.executionId(), one.taskId(), statuses));
    }
  }
}
