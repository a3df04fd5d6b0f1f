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
import io.cta.domain.Task;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.dispatch.scheduling.MachineFeedback;
import io.cta.server.dispatch.scheduling.MachineFleet;
import io.cta.server.dispatch.scheduling.SchedulingState;
import io.cta.server.executions.ExecutionCreator;
import io.cta.server.executions.ExecutionStart;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.server.tasks.ActiveTasks;
import io.cta.server.tasks.TaskWriter;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/**
 * Wires scheduling to the bus, the store and the broker. One node at a time runs it; if two do for
 * a moment, that is harmless, because each release is a compare-and-set.
 */
public final class DispatchVerticle extends VerticleBase {
  private final StoreRepositories stores;
  private final TaskWriter writer;
  private final TestHistoryLoader histories;
  private final TimeSource time;
  private final DispatchSettings settings;
  private final ClusterNode node;
  private final SchedulingState schedulingState;
  private final MachineQueues machines;
  private final GroupQueues groups;
  private final TaskReleaser taskReleaser;
  private final ReleasedTaskWatch releasedTasks;
  private final ReleasePass pass;
  private final TaskCanceller taskCanceller;
  private final PlanningQueue planning;
  private final DeadlineHandler deadlines;
  private final DispatchSweep sweep;
  private final DispatchRecovery recovery;
  private final DispatchReactions reactions;
  private final ActiveTasks active = new ActiveTasks(this::changed);

  public DispatchVerticle(
      StoreRepositories stores,
      TaskWriter writer,
      MessageBroker broker,
      TimeSource time,
      DispatchSettings settings) {
    this(stores, writer, broker, time, settings, ClusterNode.ALONE);
  }

  /**
   * @param node tells whether another node's dispatch may have put commands on queues
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
    this.settings = settings;
    machines = new MachineQueues(broker);
    groups = new GroupQueues(broker, machines);
    taskReleaser =
        new TaskReleaser(schedulingState, writer, stores.specs, machines, groups, settings, time);
    releasedTasks =
        new ReleasedTaskWatch(schedulingState, taskReleaser, writer, groups, settings, time);
    pass = new ReleasePass(schedulingState, taskReleaser, time.ticker());
    ExecutionLoader executionLoader = new ExecutionLoader(stores, this::loaded);
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
    reactions =
        new DispatchReactions(
            schedulingState,
            new MachineFeedback(schedulingState.fleet, time.ticker()),
            active::ofExecution,
            active::ofMachine,
            new DispatchActionRunner(
                pass, planning, executionLoader, taskCanceller, releasedTasks, groups, deadlines));
    sweep =
        new DispatchSweep(
            releasedTasks,
            new WaitReasonWriter(schedulingState, writer, time),
            new ExecutionScanner(stores, planning, reactions::endWanted, reactions::inputsResolved),
            planning,
            pass,
            groups,
            deadlines);
    recovery = new DispatchRecovery(stores, schedulingState, planning);
  }

  @Override
  public Future<?> start() {
    ExecutionStartHandler starts =
        new ExecutionStartHandler(
            schedulingState,
            new ExecutionCreator(vertx, stores),
            writer,
            taskReleaser,
            planning,
            histories,
            time,
            reactions);
    BusAdapter.<LocalMessage>serve(
        vertx,
        BusAddresses.DISPATCH_START,
        message -> starts.start(message.as(ExecutionStart.class)));
    BusAdapter.<ExecutionRef>serve(vertx, BusAddresses.DISPATCH_PLAN, this::plan);
    BusAdapter.<ExecutionRef>serve(vertx, BusAddresses.DISPATCH_CANCEL, this::cancel);
    BusAdapter.<MachineCommand>serve(
        vertx, BusAddresses.DISPATCH_COMMAND, c -> machines.send(c.machineId(), c.envelope()));
    BusAdapter.<DispatchRequest>hear(vertx, BusAddresses.DISPATCH_CALLED, reactions::called);
    BusAdapter.<ExecutionChanged>hear(
        vertx,
        BusAddresses.INPUTS_RESOLVED,
        changed -> reactions.inputsResolved(changed.execution()));
    BusAdapter.<MachineChanged>hear(vertx, BusAddresses.MACHINE_CHANGED, reactions::machineChanged);
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
    reactions.end();
    pass.end();
    planning.end();
    return Future.succeededFuture();
  }

  private void begin() {
    pass.begin(context);
    reactions.begin();
    releasedTasks.recovered(node.alone());
    planning.begin();
    recovery.cancelled().forEach(reactions::cancel);
    recovery.leftQueues().onSuccess(ids -> ids.forEach(groups::delete));
    vertx.setPeriodic(settings.sweep().toMillis(), id -> sweep.run());
    sweep.run();
  }

  private Future<Void> plan(ExecutionRef ref) {
    planning.add(ref.executionId());
    return Future.succeededFuture();
  }

  private Future<Void> cancel(ExecutionRef ref) {
    reactions.stop(ref.executionId());
    return taskCanceller.cancel(ref.executionId());
  }

  private void planned(VersionedEntity<Execution> stored) {
    ChangeFeed.announce(vertx, new ExecutionChanged(stored.value(), stored.version()));
    reactions.executionPlanned(stored.value());
  }

  private void loaded(AskedExecution asked) {
    reactions.executionLoaded(asked);
  }

  private void changed(Task before, Task now, EventOrigin origin) {
    deadlines.changed(before, now, origin);
    reactions.taskChanged(before, now);
  }
}
