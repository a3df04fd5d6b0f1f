package io.cta.server.tracking;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.MachineChanged;
import io.cta.bus.Origin;
import io.cta.bus.StatusesStored;
import io.cta.bus.TaskChanged;
import io.cta.domain.Task;
import io.cta.message.Envelope;
import io.cta.server.cluster.Node;
import io.cta.server.store.Collections;
import io.cta.server.store.Query;
import io.cta.server.store.StateFilters;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.Phase;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Owns the tasks of one partition of the executions; deploy one per partition. */
public final class TrackingVerticle extends VerticleBase {
  private static final int FOLDS = 4_096;
  private static final int PAGE = 1_000;
  private static final long LOOK_AGAIN_MS = 250;
  private static final long AFTER_OTHERS_MS = 1_000;

  private final int partition;
  private final int partitions;
  private final Stores stores;
  private final TaskWriter writer;
  private final TimeSource time;
  private final Node node;
  private final Set<String> later = new LinkedHashSet<>();
  private Folds folds;
  private Inbox inbox;

  public TrackingVerticle(
      int partition, int partitions, Stores stores, TaskWriter writer, TimeSource time) {
    this(partition, partitions, stores, writer, time, Node.ALONE);
  }

  /**
   * @param node of a cluster: each takes a part of what agents say of the same tasks
   */
  public TrackingVerticle(
      int partition, int partitions, Stores stores, TaskWriter writer, TimeSource time, Node node) {
    this.node = node;
    this.partition = partition;
    this.partitions = partitions;
    this.stores = stores;
    this.writer = writer;
    this.time = time;
  }

  @Override
  public Future<?> start() {
    folds = new Folds(stores, FOLDS, !node.alone());
    MachineNames names = new MachineNames(stores);
    Round round =
        new Round(
            writer,
            new Recording(vertx, stores),
            folds,
            names,
            new Answers(vertx),
            new Recount(vertx, writer, folds, Addresses.aggregation(partition)),
            time.ticker(),
            this::lookLater);
    inbox = new Inbox(context, visits -> round.work(visits, now()));
    Consumers.hear(vertx, Addresses.MACHINE_CHANGED, (MachineChanged m) -> names.heard(m));
    Consumers.<TaskChanged>hearFrom(vertx, Addresses.TASK_CHANGED, this::heard);
    if (!node.alone()) {
      Consumers.<StatusesStored>hearFrom(vertx, Addresses.STATUSES_STORED, this::heard);
    }
    // tasks whose attempt ended while nobody was there to complete them
    return stores
        .tasks
        .each(Query.of(Collections.TASKS, StateFilters.ACTIVE, PAGE), this::found)
        .onSuccess(
            v ->
                Consumers.<Envelope>serve(
                    vertx,
                    Addresses.tracking(partition),
                    envelope -> inbox.receive(Arrivals.read(envelope))));
  }

  private void heard(StatusesStored stored, Origin origin) {
    if (origin == Origin.ELSEWHERE) {
      folds.heard(stored);
    }
  }

  /** What another node has ended it will complete; if not, this one does. */
  private void heard(TaskChanged changed, Origin origin) {
    Task task = changed.task();
    if (origin != Origin.HERE) {
      writer.remember(new Stored<>(task, changed.version()));
    }
    if (origin != Origin.ELSEWHERE || Phase.of(task) != Phase.ENDED) {
      heard(task);
    } else if (mine(task)) {
      vertx.setTimer(AFTER_OTHERS_MS, t -> heard(task));
    }
  }

  private boolean mine(Task task) {
    return Addresses.partition(task.executionId(), partitions) == partition;
  }

  private void heard(Task task) {
    if (!mine(task)) {
      return;
    }
    Phase phase = Phase.of(task);
    if (phase == Phase.ENDED) {
      inbox.look(task.id());
    } else if (phase == Phase.RELEASED && task.attempt() == 1) {
      folds.begin(task.id());
    }
  }

  private void found(Stored<Task> task) {
    if (Phase.of(task.value()) == Phase.ENDED) {
      writer.remember(task);
      heard(task.value());
    }
  }

  private void lookLater(String taskId) {
    if (later.isEmpty()) {
      vertx.setTimer(LOOK_AGAIN_MS, t -> lookNow());
    }
    later.add(taskId);
  }

  private void lookNow() {
    List<String> due = List.copyOf(later);
    later.clear();
    due.forEach(inbox::look);
  }

  private Instant now() {
    return time.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
