package io.cta.server.tracking;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.BusCodecs;
import io.cta.bus.MachineCommand;
import io.cta.bus.ReceivedEvent;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.IdGenerator;
import io.cta.domain.Machine;
import io.cta.domain.MachineBuilder;
import io.cta.domain.Result;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.Status;
import io.cta.domain.StatusSource;
import io.cta.domain.Task;
import io.cta.domain.TaskBuilder;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageSource;
import io.cta.message.MessageTypes;
import io.cta.message.StatusBatch;
import io.cta.message.StatusReport;
import io.cta.message.StatusReportBuilder;
import io.cta.message.TaskEndedBuilder;
import io.cta.message.TaskEvent;
import io.cta.message.TaskStartRequested;
import io.cta.server.aggregation.AggregationVerticle;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.TaskFact;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Tracking and aggregation as in the server, and stubs of agents. */
public final class TrackingFixture implements AutoCloseable {
  public static final int PARTITIONS = 2;

  /** Time by the clock of the agents' machines, which is a year behind. */
  static final Instant ASKED_AT = Instant.parse("2025-01-01T00:00:00Z");

  public final Vertx vertx;
  public final StoreRepositories stores;
  public final TaskWriter writer;
  final List<MachineCommand> commands = new CopyOnWriteArrayList<>();
  private final List<String> deployments = new ArrayList<>();

  public TrackingFixture(Vertx vertx, DocumentStore store) {
    this.vertx = vertx;
    BusCodecs.register(vertx);
    stores = new StoreRepositories(store);
    store.prepare(StoreCollections.ALL).await();
    writer = new TaskWriter(vertx, stores);
    BusAdapter.<MachineCommand>serve(
        vertx,
        BusAddresses.DISPATCH_COMMAND,
        command -> {
          commands.add(command);
          return Future.succeededFuture();
        });
  }

  public TrackingFixture deployed() {
    return deployed(ClusterNode.ALONE);
  }

  TrackingFixture deployed(ClusterNode node) {
    for (int i = 0; i < PARTITIONS; i++) {
      TimeSource time = TimeSource.system();
      deployments.add(
          vertx
              .deployVerticle(new TrackingVerticle(i, PARTITIONS, stores, writer, time, node))
              .await());
      deployments.add(
          vertx
              .deployVerticle(new AggregationVerticle(i, PARTITIONS, stores, time.ticker()))
              .await());
    }
    return this;
  }

  /** Stops the verticles, as a restart does; a new writer starts without cached tasks. */
  public void undeploy() {
    deployments.forEach(id -> vertx.undeploy(id).await());
    deployments.clear();
  }

  /** An execution planned with that many tasks, each with these tests. */
  public List<Task> planned(int tasks, int retries, int infraRetries, String... tests) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    String id = IdGenerator.next();
    Execution execution =
        ExecutionBuilder.builder()
            .id(id)
            .scenarioId("S")
            .scenarioName("nightly")
            .running(Duration.ofHours(2))
            .mode(RunMode.MONO)
            .state(State.PENDING)
            .requestedBy("ann")
            .requestedAt(now)
            .planned(true)
            .taskCount(tasks)
            .build();
    List<Task> all = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      all.add(task(id, i, now, retries, infraRetries, List.of(tests)));
    }
    stores.executions.insert(id, execution).await();
    writer.create(all).await();
    return all;
  }

  private static Task task(
      String id, int n, Instant now, int retries, int infraRetries, List<String> tests) {
    return TaskBuilder.builder()
        .id(Task.id(id, n))
        .executionId(id)
        .ordinal(n)
        .mode(RunMode.MONO)
        .testIds(tests)
        .state(State.PENDING)
        .createdAt(now)
        .deadline(now.plus(Duration.ofDays(36_500)))
        .retries(retries)
        .infraRetries(infraRetries)
        .build();
  }

  public AgentStub release(Task task, String machineId) {
    Task now = task(task);
    String token = IdGenerator.next();
    writer.apply(task.id(), new TaskFact.Released(token, machineId, Instant.now())).await();
    return new AgentStub(this, task.executionId(), task.id(), now.attempt() + 1, token, machineId);
  }

  public void machine(String id, String name) {
    Machine machine = MachineBuilder.builder().id(id).name(name).build();
    stores.machines.insert(id, machine).await();
  }

  Future<Object> send(String machineId, String executionId, String type, Object payload) {
    int partition = BusAddresses.partition(executionId, PARTITIONS);
    return BusAdapter.ask(
        vertx,
        BusAddresses.tracking(partition),
        new ReceivedEvent(
            machineId, MessageEnvelope.of(type, MessageSource.ofAgent(machineId), payload)),
        10_000);
  }

  public Task task(Task task) {
    return stores.tasks.get(task.id()).await().value();
  }

  public Task until(Task task, Predicate<Task> wanted) {
    return poll(() -> task(task), wanted);
  }

  public Execution execution(String id, Predicate<Execution> wanted) {
    return poll(() -> stores.executions.get(id).await().value(), wanted);
  }

  public List<Status> statuses(Task task) {
    DocumentQuery query =
        DocumentQuery.of(StoreCollections.STATUSES, DocumentFilter.eq("taskId", task.id()), 10_000);
    return stores.statuses.find(query).await().items().stream()
        .map(VersionedEntity::value)
        .toList();
  }

  public <T> T poll(Supplier<T> what, Predicate<T> wanted) {
    long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (true) {
      T found = what.get();
      if (wanted.test(found)) {
        return found;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("never came about, still: " + found);
      }
      pause();
    }
  }

  private void pause() {
    Promise<Void> soon = Promise.promise();
    vertx.setTimer(5, t -> soon.complete());
    soon.future().await();
  }

  @Override
  public void close() {
    undeploy();
    stores.documents.close().await();
  }

  /** Sends the events of the agent of one attempt. */
  public record AgentStub(
      TrackingFixture rig,
      String executionId,
      String taskId,
      int attempt,
      String token,
      String machineId) {
    /** The same attempt, reported by another machine. */
    AgentStub of(String machine) {
      return new AgentStub(rig, executionId, taskId, attempt, token, machine);
    }

    /** The same agent, connected to another node. */
    AgentStub to(TrackingFixture node) {
      return new AgentStub(node, executionId, taskId, attempt, token, machineId);
    }

    public Future<Object> acked() {
      return say(MessageTypes.TASK_ACKED, event());
    }

    public Future<Object> asked() {
      return say(
          MessageTypes.TASK_ASKED,
          new TaskStartRequested(executionId, taskId, attempt, token, machineId, ASKED_AT));
    }

    public Future<Object> started() {
      return say(MessageTypes.TASK_STARTED, event());
    }

    public Future<Object> declined() {
      return say(MessageTypes.TASK_DECLINED, event());
    }

    public Future<Object> ended(int statusCount) {
      return ended(statusCount, false, null);
    }

    public Future<Object> ended(int statusCount, boolean infra, String reason) {
      return say(
          MessageTypes.TASK_ENDED,
          TaskEndedBuilder.builder()
              .executionId(executionId)
              .taskId(taskId)
              .attempt(attempt)
              .token(token)
              .machineId(machineId)
              .state(State.FINISHED)
              .statusCount(statusCount)
              .infra(infra)
              .reason(reason)
              .durationMs(5L)
              .build());
    }

    public Future<Object> reports(StatusReport... reports) {
      return say(MessageTypes.STATUSES_REPORTED, batch(executionId, List.of(reports)));
    }

    StatusBatch batch(String ofExecution, List<StatusReport> reports) {
      return new StatusBatch(ofExecution, taskId, attempt, token, machineId, reports);
    }

    Future<Object> say(String type, Object payload) {
      return rig.send(machineId, executionId, type, payload);
    }

    private TaskEvent event() {
      return new TaskEvent(executionId, taskId, attempt, token, machineId, null);
    }
  }

  public static StatusReport report(String test, int index, Result result) {
    return StatusReportBuilder.builder()
        .testId(test)
        .testName(test)
        .name("case " + index)
        .index(index)
        .result(result)
        .source(StatusSource.REPORT)
        .durationMs(3L)
        .build();
  }
}
