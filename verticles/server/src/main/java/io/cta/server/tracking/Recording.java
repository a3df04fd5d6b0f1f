package io.cta.server.tracking;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.LogStored;
import io.cta.bus.StatusesStored;
import io.cta.domain.LogChunk;
import io.cta.domain.Status;
import io.cta.server.store.Stores;
import io.cta.server.store.Write;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Stores statuses and log chunks, each once, and announces those that are new. */
final class Recording {
  private final Vertx vertx;
  private final Stores stores;

  Recording(Vertx vertx, Stores stores) {
    this.vertx = vertx;
    this.stores = stores;
  }

  /** Stores what the visits brought, all with one call. */
  Future<Void> record(List<Visit> visits, Instant now) {
    List<Write> writes = new ArrayList<>();
    List<Runnable> afterwards = new ArrayList<>();
    List<List<Status>> fresh = new ArrayList<>();
    for (Visit visit : visits) {
      List<Status> stored = new ArrayList<>();
      fresh.add(stored);
      for (Status status : visit.statuses) {
        writes.add(stores.statuses.inserting(status.id(), status));
        afterwards.add(() -> stored.add(status));
      }
      for (Visit.Delivery delivery : visit.deliveries) {
        if (delivery.arrival() instanceof Arrival.Wrote wrote
            && !delivery.settled().future().isComplete()) {
          LogChunk chunk = Statuses.chunk(wrote.log(), now);
          writes.add(stores.logs.inserting(chunk.id(), chunk));
          afterwards.add(
              () -> Consumers.announce(vertx, Addresses.LOG_STORED, new LogStored(chunk)));
        }
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
                if (outcomes.get(i) == Write.Outcome.DONE) {
                  afterwards.get(i).run();
                }
              }
              fresh.forEach(this::announce);
              return null;
            });
  }

  /** Stores statuses of one task. */
  Future<Void> record(List<Status> statuses) {
    List<Write> writes = new ArrayList<>();
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
      Consumers.announce(
          vertx,
          Addresses.STATUSES_STORED,
          new StatusesStored(one.executionId(), one.taskId(), statuses));
    }
  }
}
