package io.cta.server.tracking;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ChangeFeed;
import io.cta.bus.EventOrigin;
import io.cta.bus.MachineChanged;
import io.cta.bus.ReceivedEvent;
import io.cta.bus.StatusesStored;
import io.cta.bus.TaskChanged;
import io.cta.domain.Task;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StateFilters;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.TaskPhase;
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
  private static final int MAX_AGGREGATES = 4_096;
  private static final int PAGE = 1_000;
  private static final long CHECK_AGAIN_MILLIS = 250;
  private static final long AFTER_OTHERS_MILLIS = 1_000;

  private final int partition;
  private final int partitions;
  private final StoreRepositories stores;
  private final TaskWriter writer;
  private final TimeSource time;
  private final ClusterNode node;
  private final Set<String> later = new LinkedHashSet<>();
  private TaskAggregateCache taskAggregateCache;
  private EventBatchQueue queue;

  public TrackingVerticle(
      int partition, int partitions, StoreRepositories stores, TaskWriter writer, TimeSource time) {
    this(partition, partitions, stores, writer, time, ClusterNode.ALONE);
  }

  /**
   * @param node this node; in a cluster each node takes a part of the events of the same tasks
   */
  public TrackingVerticle(
      int partition,
      int partitions,
      StoreRepositories stores,
      TaskWriter writer,
      TimeSource time,
      ClusterNode node) {
    this.node = node;
    this.partition = partition;
    this.partitions = partitions;
    this.stores = stores;
    this.writer = writer;
    this.time = time;
  }

  @Override
  public Future<?> start() {
    taskAggregateCache = new TaskAggregateCache(stores, MAX_AGGREGATES, !node.alone());
    MachineNameCache names = new MachineNameCache(stores);
    EventBatchProcessor eventBatchProcessor =
        new EventBatchProcessor(
            writer,
            new SourceRecorder(vertx, stores),
            new EventBatchWriter(stores.documents, writer, new ResultRecorder(vertx, stores)),
            taskAggregateCache,
            names,
            new AgentReplySender(vertx),
            new LateStatusCorrection(
                vertx, writer, taskAggregateCache, BusAddresses.aggregation(partition)),
            time.ticker(),
            this::checkLater);
    queue = new EventBatchQueue(context, batch -> eventBatchProcessor.process(batch, now()));
    BusAdapter.hear(vertx, BusAddresses.MACHINE_CHANGED, (MachineChanged m) -> names.heard(m));
    ChangeFeed.hearTasks(vertx, partition, partitions, this::heard);
    if (!node.alone()) {
      BusAdapter.<StatusesStored>hearFrom(vertx, BusAddresses.STATUSES_STORED, this::heard);
    }
    // tasks whose attempt ended while no server was up to complete them
    return stores
        .tasks
        .each(DocumentQuery.of(StoreCollections.TASKS, StateFilters.ACTIVE, PAGE), this::found)
        .onSuccess(
            v ->
                BusAdapter.<ReceivedEvent>serve(
                    vertx,
                    BusAddresses.tracking(partition),
                    event -> queue.receive(AgentEventParser.read(event))));
  }

  private void heard(StatusesStored stored, EventOrigin origin) {
    if (origin == EventOrigin.ELSEWHERE) {
      taskAggregateCache.heard(stored);
    }
  }

  /** A node completes what it has ended; if it has not after a while, this one does. */
  private void heard(TaskChanged changed, EventOrigin origin) {
    Task task = changed.task();
    if (origin != EventOrigin.HERE) {
      writer.remember(new VersionedEntity<>(task, changed.version()));
    }
    if (origin != EventOrigin.ELSEWHERE || TaskPhase.of(task) != TaskPhase.ENDED) {
      heard(task);
    } else {
      vertx.setTimer(AFTER_OTHERS_MILLIS, t -> heard(task));
    }
  }

  private boolean mine(Task task) {
    return BusAddresses.partition(task.executionId(), partitions) == partition;
  }

  private void heard(Task task) {
    TaskPhase phase = TaskPhase.of(task);
    if (phase == TaskPhase.ENDED) {
      queue.check(task.id());
    } else if (phase == TaskPhase.RELEASED && task.attempt() == 1) {
      taskAggregateCache.begin(task.id());
    }
  }

  private void found(VersionedEntity<Task> task) {
    if (mine(task.value()) && TaskPhase.of(task.value()) == TaskPhase.ENDED) {
      writer.remember(task);
      heard(task.value());
    }
  }

  private void checkLater(String taskId) {
    if (later.isEmpty()) {
      vertx.setTimer(CHECK_AGAIN_MILLIS, t -> checkNow());
    }
    later.add(taskId);
  }

  private void checkNow() {
    List<String> due = List.copyOf(later);
    later.clear();
    due.forEach(queue::check);
  }

  private Instant now() {
    return time.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
