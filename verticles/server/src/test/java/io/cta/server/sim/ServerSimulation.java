package io.cta.server.sim;

import io.cta.broker.embedded.EmbeddedBroker;
import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.BusCodecs;
import io.cta.bus.ExecutionRef;
import io.cta.bus.LocalMessage;
import io.cta.bus.MachineChanged;
import io.cta.domain.AskedExecution;
import io.cta.domain.Execution;
import io.cta.domain.Machine;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.json.JsonMapping;
import io.cta.server.aggregation.AggregationVerticle;
import io.cta.server.dispatch.DispatchSettings;
import io.cta.server.dispatch.DispatchVerticle;
import io.cta.server.dispatch.scheduling.SchedulingFixtures;
import io.cta.server.executions.ExecutionStart;
import io.cta.server.ingress.IngressVerticle;
import io.cta.server.registration.RegistrationSettings;
import io.cta.server.registration.RegistrationVerticle;
import io.cta.server.sim.SimulatedAgent.Behavior;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.server.tasks.TaskWriter;
import io.cta.server.tracking.TrackingVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Dispatch and registration as in the server, with simulated agents. Test thread only. */
public final class ServerSimulation implements AutoCloseable {
  private static final DispatchSettings DISPATCH =
      new DispatchSettings(
          Duration.ofMillis(20),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          100_000,
          16 << 20);
  private static final RegistrationSettings REGISTRATION =
      new RegistrationSettings(
          Duration.ofSeconds(30), Duration.ofMillis(20), Duration.ZERO, Duration.ofMinutes(1));

  public final TestClock clock = new TestClock();
  public final List<SimulatedAgent> agents = new ArrayList<>();
  public final StoreRepositories stores;
  private final Vertx vertx = Vertx.vertx();
  private final List<String> server = new ArrayList<>();
  private AbsentBroker broker;

  public ServerSimulation() {
    BusCodecs.register(vertx);
    stores = new StoreRepositories(new MemoryStore(vertx));
    stores.documents.prepare(StoreCollections.ALL).await();
    begin(new AbsentBroker(new EmbeddedBroker(vertx, Clock.systemUTC())));
  }

  /** Stops the server, its broker and its agents; starts a new server on the same store. */
  public void restart() {
    agents.forEach(SimulatedAgent::die);
    agents.clear();
    List.copyOf(vertx.deploymentIDs()).forEach(id -> vertx.undeploy(id).await());
    begin(new AbsentBroker(new EmbeddedBroker(vertx, Clock.systemUTC())));
  }

  /**
   * Stops the server, but not its broker and agents; starts a new server on the same store and
   * broker.
   */
  public void restartServer() {
    server.forEach(id -> vertx.undeploy(id).await());
    begin(broker);
  }

  private void begin(AbsentBroker with) {
    broker = with;
    server.clear();
    TaskWriter writer = new TaskWriter(vertx, stores);
    IngressVerticle.declare(broker).await();
    deploy(new AggregationVerticle(0, 1, stores, clock.time().ticker()));
    deploy(new TrackingVerticle(0, 1, stores, writer, clock.time()));
    deploy(new RegistrationVerticle(stores, writer, broker, clock.time(), REGISTRATION));
    deploy(new DispatchVerticle(stores, writer, broker, clock.time(), DISPATCH));
    deploy(new IngressVerticle(broker, 1));
  }

  /** Deploys a second dispatcher, as on another node. */
  public void secondDispatcher() {
    deploy(
        new DispatchVerticle(
            stores, new TaskWriter(vertx, stores), broker, clock.time(), DISPATCH));
  }

  private void deploy(Deployable verticle) {
    server.add(vertx.deployVerticle(verticle).await());
  }

  /** Starts an agent of the machine {@code id-NAME}, which has said hello. */
  public SimulatedAgent agent(String name, int slots, Behavior behavior) {
    SimulatedAgent agent = new SimulatedAgent("id-" + name, slots, behavior, broker);
    agents.add(agent);
    vertx.deployVerticle(agent).await();
    return agent;
  }

  /** Registers a machine that is offline. */
  public void offline(String name) {
    Machine machine = SchedulingFixtures.machine(name, false, 1);
    stores.machines.insert(machine.id(), machine).await();
    Promise<Void> heard = Promise.promise();
    BusAdapter.<MachineChanged>hear(vertx, BusAddresses.MACHINE_CHANGED, c -> heard.tryComplete());
    edited(machine.id());
    heard.future().await();
    settled(); // dispatch has heard of it too
  }

  /** Announces, as the API does, that people changed a machine's document. */
  public void edited(String machineId) {
    BusAdapter.announce(vertx, BusAddresses.MACHINE_EDITED, machineId);
  }

  public Execution run(SchedulingFixtures.ExecutionRequest request) {
    return start(request, null).execution().execution();
  }

  /** Starts an execution as the API does. */
  public ExecutionStart.Reply start(
      SchedulingFixtures.ExecutionRequest request, DocumentWrite reservation) {
    ExecutionStart start =
        ExecutionStart.of(request.at(clock.instant()).asked().spec(), reservation);
    return BusAdapter.<LocalMessage>ask(
            vertx, BusAddresses.DISPATCH_START, new LocalMessage(start), 5_000)
        .await()
        .as(ExecutionStart.Reply.class);
  }

  /** Starts an execution that is in the store already. */
  public Execution plan(SchedulingFixtures.ExecutionRequest request) {
    Execution e = store(request.at(clock.instant()).asked());
    plan(e);
    return e;
  }

  /** Stores an execution without announcing it. */
  public Execution store(AskedExecution asked) {
    stores.documents.apply(List.of(stores.specs.inserting(asked.spec()))).await();
    stores.executions.insert(asked.id(), asked.execution()).await();
    return asked.execution();
  }

  private void plan(Execution e) {
    BusAdapter.ask(vertx, BusAddresses.DISPATCH_PLAN, new ExecutionRef(e.id()), 5_000).await();
  }

  /**
   * Waits until dispatch has handled everything sent before, by sending it an execution that is
   * over, which it ignores.
   */
  private void settled() {
    JsonObject over =
        JsonMapping.toObject(SchedulingFixtures.request(RunMode.MONO).execution())
            .put("state", "finished");
    plan(JsonMapping.fromObject(over, Execution.class));
  }

  public Execution execution(Execution e) {
    return stores.executions.get(e.id()).await().value();
  }

  public void cancel(Execution e) {
    stores
        .executions
        .update(e.id(), known -> SchedulingFixtures.cancelled(known, clock.instant()))
        .await();
    BusAdapter.ask(vertx, BusAddresses.DISPATCH_CANCEL, new ExecutionRef(e.id()), 5_000).await();
  }

  public Machine machine(String name) {
    return stores.machines.get("id-" + name).await().value();
  }

  public Vertx vertx() {
    return vertx;
  }

  public AbsentBroker broker() {
    return broker;
  }

  public List<Task> tasks(Execution e) {
    DocumentQuery all =
        DocumentQuery.of(StoreCollections.TASKS, DocumentFilter.eq("executionId", e.id()), 10_000);
    return stores.tasks.find(all).await().items().stream()
        .<Task>map(VersionedEntity::value)
        .toList();
  }

  public Task task(Execution e) {
    return tasks(e).get(0);
  }

  /** Waits until all tasks of the execution are in that state. */
  public void untilAll(Execution e, State state) {
    until(
        () -> {
          List<Task> tasks = tasks(e);
          return !tasks.isEmpty() && tasks.stream().allMatch(t -> t.state() == state);
        });
  }

  /** Waits until a condition holds; the test's timeout is the limit. */
  public void until(BooleanSupplier holds) {
    while (!holds.getAsBoolean()) {
      pause(Duration.ofMillis(5));
    }
  }

  /** Advances the clock while live agents send heartbeats. */
  public void pass(Duration time) {
    Duration step = Duration.ofSeconds(5);
    for (Duration left = time; !left.isZero(); left = left.minus(step)) {
      step = step.compareTo(left) > 0 ? left : step;
      clock.advance(step);
      for (SimulatedAgent agent : agents) {
        if (agent.alive()) {
          agent.beat().await();
        }
      }
      pause(Duration.ofMillis(60));
    }
  }

  /** Advances the clock by a few sweeps. */
  public void sweeps() {
    pause(Duration.ofMillis(120));
  }

  private void pause(Duration time) {
    vertx.timer(time.toMillis(), TimeUnit.MILLISECONDS).await();
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
