package io.cta.server.registration;

import io.cta.broker.Broker;
import io.cta.broker.QueueSpec;
import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.MachineCommand;
import io.cta.domain.Machine;
import io.cta.domain.Presence;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.Envelope;
import io.cta.message.Heartbeat;
import io.cta.message.MachineGone;
import io.cta.message.MachineHello;
import io.cta.message.MessageSource;
import io.cta.message.Queues;
import io.cta.message.RunningTask;
import io.cta.message.TaskCancel;
import io.cta.message.Types;
import io.cta.server.cluster.Node;
import io.cta.server.store.Stored;
import io.cta.server.tasks.ActiveTasks;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.TaskFact;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what agents say of their machines. */
final class Receptionist {
  private static final Logger log = LoggerFactory.getLogger(Receptionist.class);
  private static final long COMMAND_TIMEOUT_MILLIS = 10_000;

  private final MachineRecords records;
  private final ActiveTasks active;
  private final TaskWriter writer;
  private final Broker broker;
  private final RegistrationSettings settings;
  private final TimeSource time;
  private final AckTimes acks;
  private final Node node;
  private final HelloWriter hellos;
  private Vertx vertx;

  Receptionist(
      MachineRecords records,
      ActiveTasks active,
      TaskWriter writer,
      Broker broker,
      RegistrationSettings settings,
      TimeSource time,
      AckTimes acks,
      Node node) {
    this.node = node;
    this.records = records;
    this.hellos = new HelloWriter(records);
    this.active = active;
    this.writer = writer;
    this.broker = broker;
    this.settings = settings;
    this.time = time;
    this.acks = acks;
  }

  void start(Vertx on) {
    vertx = on;
  }

  Future<Void> hello(MachineHello hello) {
    return broker
        .declare(Queues.machine(hello.machineId()), QueueSpec.commands())
        .compose(v -> records.find(hello.machineId()))
        .compose(seat -> seat == null ? records.create(hello) : Future.succeededFuture(seat))
        .compose(seat -> welcome(seat, hello).onSuccess(v -> tellNodes(seat)));
  }

  Future<Void> heartbeat(Heartbeat beat) {
    return records
        .find(beat.machineId())
        .compose(
            seat -> {
              if (seat == null) {
                throw ServiceFailure.notFound("machine", beat.machineId());
              }
              return beat(seat, beat).onSuccess(v -> tellNodes(seat));
            });
  }

  Future<Void> gone(MachineGone gone) {
    Seat seat = records.seat(gone.machineId());
    if (seat == null || !gone.session().equals(seat.session)) {
      return Future.succeededFuture(); // another session speaks for it by now
    }
    log.info("machine has left [machine: {}, reason: {}]", gone.machineId(), gone.reason());
    seat.session = null;
    tellNodes(seat);
    return offline(seat);
  }

  /** The machine is not there; its tasks keep their lease. */
  Future<Void> offline(Seat seat) {
    return records.change(seat, m -> offline(m, seat.seenAt));
  }

  /** No message of it came for a lease; unless another node has written that it heard one. */
  Future<Void> silent(Seat seat) {
    return records.change(
        seat,
        m -> {
          if (!node.alone() && seat.seenElsewhere(m)) {
            seat.isHeard(time);
            return m;
          }
          return offline(m, seat.seenAt);
        });
  }

  private static Machine offline(Machine m, Instant seenAt) {
    return m.presence() == Presence.OFFLINE
        ? m
        : new MachineEdit(m).presence(Presence.OFFLINE).seen(seenAt).done();
  }

  /** Messages of a machine arrive at any node: the others must know that it lives. */
  void tellNodes(Seat seat) {
    if (!node.alone()) {
      Consumers.announce(vertx, Addresses.MACHINE_HEARD, seat.asHeard(time.nanos()));
    }
  }

  /** Gives up what an agent is believed to have. */
  void lose(Task task, String reason) {
    log.warn("attempt is lost [task: {}, reason: {}]", task.id(), reason);
    writer
        .apply(task.id(), new TaskFact.Lost(task.attempt(), reason, time.now()))
        .onFailure(e -> log.warn("loss not stored yet [task: {}]", task.id(), e));
  }

  private Future<Void> welcome(Seat seat, MachineHello hello) {
    Instant now = time.now();
    admit(seat, hello.session());
    seat.isHeard(time);
    seat.stores(time.nanos());
    seat.leaving = false;
    seat.sightings = Set.of();
    int forgiven = sleep(seat, hello.suspendedSeconds());
    return hellos
        .write(seat, hello, now, m -> seat.noticed(Breaker.forgiven(m, forgiven), time))
        .onSuccess(v -> reconcile(seat, hello.tasks()));
  }

  /** A machine that slept is not to blame for what was lost meanwhile; answers how much that is. */
  private int sleep(Seat seat, long seconds) {
    int blamed = seat.blamedWhileSilent;
    List<Task> lost = List.copyOf(seat.lostWhileSilent);
    seat.blamedWhileSilent = 0;
    seat.lostWhileSilent.clear();
    if (seconds <= 0) {
      return 0;
    }
    log.info("machine was suspended [machine: {}, for: {} s]", seat.machine().id(), seconds);
    seat.notices.suspended(Duration.ofSeconds(seconds), time.nanos());
    seat.slept();
    lost.forEach(this::explain);
    return blamed;
  }

  private void explain(Task lost) {
    writer
        .apply(lost.id(), new TaskFact.Suspended(lost.attempt(), lost.machineId(), time.now()))
        .onFailure(e -> log.warn("reason not stored [task: {}]", lost.id(), e));
  }

  private Future<Void> beat(Seat seat, Heartbeat beat) {
    admit(seat, beat.session());
    boolean turned = seat.heard(beat, time);
    if (seat.ofNow(beat, time.nanos())) {
      reconcile(seat, beat.tasks());
      seat.notices.heard(beat.agentTime(), time.now());
    }
    boolean noticed =
        seat.noticed(seat.machine(), time) != seat.machine()
            || !Objects.equals(seat.machine().trouble(), beat.trouble());
    if (!seat.online() || noticed || seat.worthStoring(time.nanos(), settings.store())) {
      // whoever beats is there, even if this server has not heard its hello
      seat.stores(time.nanos());
      return records.change(
          seat,
          m ->
              new MachineEdit(seat.noticed(m, time))
                  .presence(Presence.ONLINE)
                  .seen(time.now())
                  .trouble(beat.trouble())
                  .done());
    }
    if (turned || seat.loadWorthSaying(time.nanos(), settings.announce())) {
      records.announce(seat);
    }
    return Future.succeededFuture();
  }

  private void admit(Seat seat, String session) {
    if (seat.takenBy(session, time.nanos(), settings.lease())) {
      throw new ServiceFailure(
          ErrorCode.CONFLICT,
          "machine "
              + seat.machine().name()
              + " has a live session already (last heard "
              + seat.seenAt
              + " from "
              + seat.machine().hostname()
              + "): end the other agent, or give this one an identity of its own");
    }
    seat.speaksFor(session);
  }

  private void reconcile(Seat seat, List<RunningTask> tasks) {
    List<RunningTask> listed = tasks == null ? List.of() : tasks;
    Reconciler.Outcome outcome =
        Reconciler.compare(
            active.ofMachine(seat.machine().id()),
            active::get,
            listed,
            task -> acks.settled(task, time.nanos()),
            seat.sightings);
    seat.sightings = outcome.sightings();
    outcome.lost().forEach(task -> lose(task, "unknownToAgent"));
    outcome.stale().forEach(running -> stopStale(seat.machine().id(), running));
  }

  /** An ended attempt whose last words are on their way has its token still, and may go on. */
  private void stopStale(String machineId, RunningTask running) {
    writer
        .get(running.taskId())
        .compose(
            stored ->
                names(stored, running)
                    ? Future.succeededFuture(stored)
                    : writer.read(running.taskId())) // what this node remembers may be outdated
        .map(stored -> names(stored, running))
        .otherwise(e -> !isNotFound(e))
        .onSuccess(
            current -> {
              if (!current) {
                tellToStop(machineId, running);
              }
            });
  }

  private static boolean names(Stored<Task> stored, RunningTask running) {
    return running.token().equals(stored.value().token());
  }

  private static boolean isNotFound(Throwable e) {
    return e instanceof ServiceFailure known && known.code() == ErrorCode.NOT_FOUND;
  }

  private void tellToStop(String machineId, RunningTask running) {
    TaskCancel cancel =
        new TaskCancel(
            running.taskId(), running.attempt(), running.token(), true, false, "staleAttempt");
    Envelope envelope = Envelope.of(Types.TASK_CANCEL, MessageSource.SERVER, cancel);
    Consumers.ask(
            vertx,
            Addresses.DISPATCH_COMMAND,
            new MachineCommand(machineId, envelope),
            COMMAND_TIMEOUT_MILLIS)
        .onFailure(e -> log.warn("machine not told to stop [machine: {}]", machineId, e));
  }
}
