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
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Stores statuses and log chunks, each once, and announces those that are new. */
final class ResultRecorder {
  private final Vertx vertx;
  private final StoreRepositories stores;

  ResultRecorder(Vertx vertx, StoreRepositories stores) {
    this.vertx = vertx;
    this.stores = stores;
  }

  /** Stores the statuses and output of a batch with one call. */
  Future<Void> record(List<TaskEvents> batch, Instant now) {
    List<DocumentWrite> writes = new ArrayList<>();
    List<Runnable> afterwards = new ArrayList<>();
    List<List<Status>> newStatuses = new ArrayList<>();
    for (TaskEvents taskEvents : batch) {
      List<Status> stored = new ArrayList<>();
      newStatuses.add(stored);
      for (Status status : taskEvents.statuses) {
        writes.add(stores.statuses.inserting(status.id(), status));
        afterwards.add(() -> stored.add(status));
      }
      for (LogWritten output : taskEvents.outputs) {
        LogChunk chunk = StatusMapper.chunk(output, now);
        writes.add(stores.logs.inserting(chunk.id(), chunk));
        afterwards.add(
            () -> BusAdapter.announce(vertx, BusAddresses.LOG_STORED, new LogStored(chunk)));
      }
    }
    if (writes.isEmpty()) {
      return Future.succeededFuture();
    }
    return stores
        .documents
        .apply(writes)
        .map(
            outcomes -> {
              for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i) == DocumentWrite.Outcome.DONE) {
                  afterwards.get(i).run();
                }
              }
              newStatuses.forEach(this::announce);
              return null;
            });
  }

  /** Stores statuses of one task. */
  Future<Void> record(List<Status> statuses) {
    List<DocumentWrite> writes = new ArrayList<>();
    statuses.forEach(s -> writes.add(stores.statuses.inserting(s.id(), s)));
    return stores
        .documents
        .apply(writes)
        .map(
            outcomes -> {
              announce(statuses);
              return null;
            });
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
