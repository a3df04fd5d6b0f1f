package io.cta.server.dispatch;

import io.cta.broker.MessageBroker;
import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ChangeFeed;
import io.cta.bus.DispatchRequest;
import io.cta.bus.EventOrigin;
import io.cta.bus.ExecutionChanged;
import io.cta.bus.ExecutionRef;
import io.cta.bus.LocalMessage;
import io.cta.bus.MachineChanged;
import io.cta.bus.MachineCommand;
import io.cta.domain.AskedExecution;
import io.cta.domain.Execution;
import io.cta.domain.RunMode;
import io.cta.domain.Task;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.dispatch.scheduling.ExecutionEntry;
import io.cta.server.dispatch.scheduling.MachineFeedback;
import io.cta.server.dispatch.scheduling.MachineFleet;
import io.cta.server.dispatch.scheduling.SchedulingState;
import io.cta.server.executions.ExecutionCreator;
import io.cta.server.executions.ExecutionStart;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.server.tasks.ActiveTasks;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.TaskPhase;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wires the board to the bus, the store and the broker. One instance at a time, in a cluster too;
 * that two are at it for a moment does no harm, as each release is a compare-and-set.
 */
public final class DispatchVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(DispatchVerticle.class);
  private static final int TICKS_TO_TIDY = 30;

  private final StoreRepositories stores;
  private final TaskWriter writer;
  private final TestHistoryLoader histories;
  private final TimeSource time;
  private final DispatchSettings settings;
  private final ClusterNode node;
  private final SchedulingState schedulingState;
  private final MachineFeedback feedback;
  private final MachineQueues machines;
  private final GroupQueues groups;
  private final TaskReleaser taskReleaser;
  private final ReleasePass pass;
  private final ExecutionLoader executionLoader;
  private final TaskCanceller taskCanceller;
  private final PlanningQueue planning;
  private final DeadlineHandler deadlines;
  private final ExecutionScanner executionScanner;
  private final WaitReasonWriter waitReasonWriter;
  private final DispatchRecovery recovery;
  private final ActiveTasks active = new ActiveTasks(this::changed);
  private boolean ready;
  private boolean sweeping;
  private int ticks;

  public DispatchVerticle(
      StoreRepositories stores,
      TaskWriter writer,
      MessageBroker broker,
      TimeSource time,
      DispatchSettings settings) {
    this(stores, writer, broker, time, settings, ClusterNode.ALONE);
  }

  /**
   * @param node of a cluster: what another node's dispatch has put on queues is still on them
   */
  public DispatchVerticle(
      StoreRepositories stores,
      TaskWriter writer,
      MessageBroker broker,
      TimeSource time,
      DispatchSettings settings,
      ClusterNode node) {
    this.node = node;
    this.stores = stores;
    this.time = time;
    schedulingState = new SchedulingState(new MachineFleet(), time.ticker());
    feedback = new MachineFeedback(schedulingState.fleet, time.ticker());
    this.settings = settings;
    machines = new MachineQueues(broker);
    groups = new GroupQueues(broker, machines);
    taskReleaser =
        new TaskReleaser(schedulingState, writer, stores.specs, machines, groups, settings, time);
    pass = new ReleasePass(schedulingState, taskReleaser, time.ticker());
    executionLoader = new ExecutionLoader(stores, this::loaded);
    taskCanceller =
        new TaskCanceller(stores, writer, stores.specs, machines, settings, time.wall());
    this.writer = writer;
    histories = new TestHistoryLoader(stores);
    planning =
        new PlanningQueue(
            schedulingState,
            stores,
            writer,
            histories,
            time.wall(),
            settings.maxTasks(),
            this::planned);
    deadlines =
        new DeadlineHandler(
            stores, writer, taskCanceller, schedulingState, time, settings.lease(), active::get);
    executionScanner = new ExecutionScanner(stores, planning, this::wish);
    waitReasonWriter = new WaitReasonWriter(schedulingState, writer, time);
    recovery = new DispatchRecovery(stores, schedulingState, planning);
  }

  @Override
  public Future<?> start() {
    ExecutionStartHandler starts = starts();
    BusAdapter.<LocalMessage>serve(
        vertx,
        BusAddresses.DISPATCH_START,
        message -> starts.start(message.as(ExecutionStart.class)));
    BusAdapter.<ExecutionRef>serve(vertx, BusAddresses.DISPATCH_PLAN, this::plan);
    BusAdapter.<ExecutionRef>serve(vertx, BusAddresses.DISPATCH_CANCEL, this::cancel);
    BusAdapter.<MachineCommand>serve(
        vertx, BusAddresses.DISPATCH_COMMAND, c -> machines.send(c.machineId(), c.envelope()));
    BusAdapter.<DispatchRequest>hear(vertx, BusAddresses.DISPATCH_CALLED, this::called);
    BusAdapter.<MachineChanged>hear(vertx, BusAddresses.MACHINE_CHANGED, this::machine);
    BusAdapter.<Long>hear(vertx, BusAddresses.WALL_CLOCK_STEPPED, step -> deadlines.rewrite());
    return recovery
        .machines()
        .compose(v -> recovery.executions())
        .compose(v -> active.start(vertx, stores))
        .onSuccess(v -> begin());
  }

  /** What is under way may still finish; nothing new is begun. */
  @Override
  public Future<?> stop() {
    ready = false;
    pass.end();
    planning.end();
    return Future.succeededFuture();
  }

  private ExecutionStartHandler starts() {
    return new ExecutionStartHandler(
        schedulingState,
        new ExecutionCreator(vertx, stores),
        writer,
        taskReleaser,
        planning,
        histories,
        time,
        new ExecutionStartHandler.Listener() {
          @Override
          public void started(ExecutionEntry executionEntry) {
            pass.request();
            closeIfOver(executionEntry);
          }

          @Override
          public void freed() {
            pass.request();
          }
        });
  }

  private void begin() {
    ready = true;
    pass.begin(context);
    List.copyOf(schedulingState.executions()).forEach(this::closeIfOver);
    taskReleaser.recovered(node.alone());
    planning.begin();
    recovery.cancelled().forEach(id -> cancel(new ExecutionRef(id)));
    recovery
        .ended()
        .onSuccess(ended -> ended.stream().filter(this::shared).forEach(this::removeQueue));
    vertx.setPeriodic(settings.sweep().toMillis(), id -> tick());
    tick();
  }

  private Future<Void> plan(ExecutionRef ref) {
    planning.add(ref.executionId());
    return Future.succeededFuture();
  }

  private Future<Void> cancel(ExecutionRef ref) {
    // one that is being planned is looked at again when it has its tasks
    planning.add(ref.executionId());
    ExecutionEntry executionEntry = schedulingState.execution(ref.executionId());
    if (executionEntry != null) {
      executionEntry.stopped = true;
    }
    return taskCanceller
        .cancel(ref.executionId())
        .onFailure(e -> log.warn("cancel not carried out [execution: {}]", ref.executionId(), e));
  }

  private void called(DispatchRequest call) {
    if (call.cancel()) {
      cancel(new ExecutionRef(call.executionId()));
    } else {
      planning.add(call.executionId());
    }
  }

  /** An execution that is to end, as the store says. */
  private void wish(Execution execution) {
    ExecutionEntry executionEntry = schedulingState.execution(execution.id());
    if (execution.planned() && (executionEntry == null || !executionEntry.stopped)) {
      cancel(new ExecutionRef(execution.id()));
    }
  }

  private void planned(VersionedEntity<Execution> stored) {
    Execution execution = stored.value();
    ChangeFeed.announce(vertx, new ExecutionChanged(execution, stored.version()));
    // some may have been made by a planning that was cut off: those were heard of before the run
    List.copyOf(active.ofExecution(execution.id())).forEach(schedulingState::put);
    pass.request();
    if (execution.cancelRequestedAt() != null) {
      cancel(new ExecutionRef(execution.id()));
    }
    closeIfOver(schedulingState.execution(execution.id()));
  }

  private void machine(MachineChanged now) {
    String id = now.machine().id();
    MachineFleet.Change change = schedulingState.fleet.changed(now);
    if (ready && change.came()) {
      change.machine().accepts();
      taskReleaser.arrived(id);
      active.ofMachine(id).stream()
          .filter(task -> TaskPhase.of(task) == TaskPhase.CANCELLING)
          .forEach(taskCanceller::repeat);
    } else if (ready && change.went()) {
      taskReleaser.departed(id);
    }
    if (change.usable()) {
      pass.request(); // not for the load that most announcements are about
    }
  }

  /** A task changed in the store. */
  private void changed(Task before, Task now, EventOrigin origin) {
    deadlines.changed(before, now, origin);
    if (!schedulingState.put(now)) {
      if (ready && !now.state().terminal()) {
        executionLoader.load(now.executionId());
      }
      return;
    }
    feedback.changed(before, now);
    if (TaskPhase.of(now) == TaskPhase.OVER) {
      closeIfOver(schedulingState.execution(now.executionId()));
      planning.pump();
    }
    pass.request();
  }

  /** Another node has planned it. */
  private void loaded(AskedExecution asked) {
    schedulingState.open(asked).complete = true;
    List.copyOf(active.ofExecution(asked.id())).forEach(schedulingState::put);
    pass.request();
  }

  private void closeIfOver(ExecutionEntry executionEntry) {
    if (executionEntry != null && executionEntry.complete && executionEntry.tasks.isEmpty()) {
      groups.close(executionEntry);
      schedulingState.close(executionEntry);
      deadlines.over(executionEntry.executionId);
    }
  }

  private boolean shared(Execution ended) {
    return ended.mode() == RunMode.GROUP || ended.mode() == RunMode.PARALLEL;
  }

  private void removeQueue(Execution ended) {
    groups.delete(ended.id());
  }

  private void tick() {
    taskReleaser.tend();
    waitReasonWriter.explain();
    executionScanner.tick();
    planning.pump();
    pass.request();
    if (++ticks % TICKS_TO_TIDY == 0) {
      groups.tidy();
    }
    if (!sweeping) {
      sweeping = true;
      deadlines
          .sweep()
          .onFailure(e -> log.warn("deadlines not swept", e))
          .onComplete(v -> sweeping = false);
    }
  }
}
