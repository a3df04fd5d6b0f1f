package io.cta.server.dispatch;

import io.cta.broker.Broker;
import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.DispatchCall;
import io.cta.bus.ExecutionRef;
import io.cta.bus.MachineChanged;
import io.cta.bus.MachineCommand;
import io.cta.bus.Origin;
import io.cta.domain.Execution;
import io.cta.domain.RunMode;
import io.cta.domain.Task;
import io.cta.server.cluster.Node;
import io.cta.server.store.Stores;
import io.cta.server.tasks.ActiveTasks;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.Phase;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wires the board to the bus, the store and the broker. One instance at a time, in a cluster too;
 * that two are at it for a moment does no harm, as each release is a compare-and-set.
 */
public final class DispatchVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(DispatchVerticle.class);
  private static final int RELEASES_A_PASS = 256;
  private static final int TICKS_TO_TIDY = 30;

  private final Stores stores;
  private final TimeSource time;
  private final DispatchSettings settings;
  private final Node node;
  private final Board board;
  private final MachineFeedback feedback;
  private final MachineQueues machines;
  private final GroupQueues groups;
  private final Snapshots snapshots;
  private final Releases releases;
  private final Stops stops;
  private final Planning planning;
  private final Deadlines deadlines;
  private final Search search;
  private final Explaining explaining;
  private final Recovery recovery;
  private final ActiveTasks active = new ActiveTasks(this::changed);
  private final Set<String> loading = new HashSet<>();
  private boolean ready;
  private boolean passComing;
  private boolean sweeping;
  private int ticks;

  public DispatchVerticle(
      Stores stores, TaskWriter writer, Broker broker, TimeSource time, DispatchSettings settings) {
    this(stores, writer, broker, time, settings, Node.ALONE);
  }

  /**
   * @param node of a cluster: what another node's dispatch has put on queues is still on them
   */
  public DispatchVerticle(
      Stores stores,
      TaskWriter writer,
      Broker broker,
      TimeSource time,
      DispatchSettings settings,
      Node node) {
    this.node = node;
    this.stores = stores;
    this.time = time;
    board = new Board(new Fleet(), time.ticker());
    feedback = new MachineFeedback(board.fleet, time.ticker());
    this.settings = settings;
    machines = new MachineQueues(broker);
    groups = new GroupQueues(broker, machines);
    snapshots = new Snapshots(stores);
    releases = new Releases(board, writer, snapshots, machines, groups, settings, time);
    stops = new Stops(stores, writer, snapshots, machines, settings, time.wall());
    planning =
        new Planning(
            board, stores, writer, snapshots, time.wall(), settings.maxTasks(), this::planned);
    deadlines = new Deadlines(stores, writer, stops, board, time, settings.lease(), active::get);
    search = new Search(stores, planning, this::wish);
    explaining = new Explaining(board, writer, time);
    recovery = new Recovery(stores, board, planning);
  }

  @Override
  public Future<?> start() {
    Consumers.<ExecutionRef>serve(vertx, Addresses.DISPATCH_WAKE, this::wake);
    Consumers.<ExecutionRef>serve(vertx, Addresses.DISPATCH_CANCEL, this::cancel);
    Consumers.<MachineCommand>serve(
        vertx, Addresses.DISPATCH_COMMAND, c -> machines.send(c.machineId(), c.envelope()));
    Consumers.<DispatchCall>hear(vertx, Addresses.DISPATCH_CALLED, this::called);
    Consumers.<MachineChanged>hear(vertx, Addresses.MACHINE_CHANGED, this::machine);
    Consumers.<Long>hear(vertx, Addresses.WALL_CLOCK_STEPPED, step -> deadlines.rewrite());
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
    return Future.succeededFuture();
  }

  private void begin() {
    ready = true;
    List.copyOf(board.runs()).forEach(this::closeIfOver);
    releases.recovered(node.alone());
    planning.begin();
    recovery.cancelled().forEach(id -> cancel(new ExecutionRef(id)));
    recovery
        .ended()
        .onSuccess(ended -> ended.stream().filter(this::shared).forEach(this::removeQueue));
    vertx.setPeriodic(settings.sweep().toMillis(), id -> tick());
    tick();
  }

  private Future<Void> wake(ExecutionRef ref) {
    planning.add(ref.executionId());
    pass();
    return Future.succeededFuture();
  }

  private Future<Void> cancel(ExecutionRef ref) {
    // one that is being planned is looked at again when it has its tasks
    planning.add(ref.executionId());
    Run run = board.run(ref.executionId());
    if (run != null) {
      run.stopped = true;
    }
    return stops
        .cancel(ref.executionId())
        .onFailure(e -> log.warn("cancel not carried out [execution: {}]", ref.executionId(), e));
  }

  private void called(DispatchCall call) {
    ExecutionRef ref = new ExecutionRef(call.executionId());
    if (call.cancel()) {
      cancel(ref);
    } else {
      wake(ref);
    }
  }

  /** An execution that is to end, as the store says. */
  private void wish(Execution execution) {
    Run run = board.run(execution.id());
    if (execution.planned() && (run == null || !run.stopped)) {
      cancel(new ExecutionRef(execution.id()));
    }
  }

  private void planned(Execution execution) {
    // some may have been made by a planning that was cut off: those were heard of before the run
    List.copyOf(active.ofExecution(execution.id())).forEach(board::put);
    pass();
    if (execution.cancelRequestedAt() != null) {
      cancel(new ExecutionRef(execution.id()));
    }
    closeIfOver(board.run(execution.id()));
  }

  private void machine(MachineChanged now) {
    String id = now.machine().id();
    boolean before = board.fleet.changed(now);
    boolean online = board.fleet.get(id).online();
    if (ready && online && !before) {
      board.fleet.get(id).accepts();
      releases.arrived(id);
      active.ofMachine(id).stream()
          .filter(task -> Phase.of(task) == Phase.CANCELLING)
          .forEach(stops::repeat);
    } else if (ready && before && !online) {
      releases.departed(id);
    }
    pass();
  }

  /** A task changed in the store. */
  private void changed(Task before, Task now, Origin origin) {
    deadlines.changed(before, now, origin);
    if (!board.put(now)) {
      unknown(now);
      return;
    }
    feedback.changed(before, now);
    if (Phase.of(now) == Phase.OVER) {
      closeIfOver(board.run(now.executionId()));
      planning.pump();
    }
    pass();
  }

  /** A task of an execution that another node planned. */
  private void unknown(Task task) {
    if (!ready || task.state().terminal() || !loading.add(task.executionId())) {
      return;
    }
    stores
        .executions
        .get(task.executionId())
        .onSuccess(
            found -> {
              board.open(found.value()).complete = true;
              List.copyOf(active.ofExecution(task.executionId())).forEach(board::put);
              pass();
            })
        .onFailure(e -> log.warn("task without execution [task: {}]", task.id(), e))
        .onComplete(v -> loading.remove(task.executionId()));
  }

  private void closeIfOver(Run run) {
    if (run != null && run.complete && run.tickets.isEmpty()) {
      groups.close(run);
      snapshots.forget(run.executionId);
      board.close(run);
      deadlines.over(run.executionId);
    }
  }

  private boolean shared(Execution ended) {
    return ended.mode() == RunMode.GROUP || ended.mode() == RunMode.PARALLEL;
  }

  private void removeQueue(Execution ended) {
    groups.delete(ended.id());
  }

  private void tick() {
    releases.tend();
    explaining.explain();
    search.tick();
    planning.pump();
    pass();
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

  /** Lets the scheduler look, once for all that happens in this turn of the event loop. */
  private void pass() {
    if (!ready || passComing) {
      return;
    }
    passComing = true;
    context.runOnContext(
        v -> {
          passComing = false;
          if (!ready) {
            return;
          }
          List<Scheduler.Release> decided = Scheduler.decide(board, time.nanos(), RELEASES_A_PASS);
          decided.forEach(releases::release);
          if (decided.size() == RELEASES_A_PASS) {
            pass();
          }
        });
  }
}
