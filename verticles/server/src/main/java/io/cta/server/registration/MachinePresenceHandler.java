package io.cta.server.registration;

import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSpec;
import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.MachineCommand;
import io.cta.domain.Machine;
import io.cta.domain.MachinePresence;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.MachineGone;
import io.cta.message.MachineHeartbeat;
import io.cta.message.MachineHello;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageSource;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.message.RunningTask;
import io.cta.message.TaskCancel;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.store.VersionedEntity;
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
final class MachinePresenceHandler {
  private static final Logger log = LoggerFactory.getLogger(MachinePresenceHandler.class);
  private static final long COMMAND_TIMEOUT_MILLIS = 10_000;

  private final MachineRegistry records;
  private final ActiveTasks active;
  private final TaskWriter writer;
  private final MessageBroker broker;
  private final RegistrationSettings settings;
  private final TimeSource time;
  private final AckTimes acks;
  private final ClusterNode node;
  private final HelloWriter hellos;
  private Vertx vertx;

  MachinePresenceHandler(
      MachineRegistry records,
      ActiveTasks active,
      TaskWriter writer,
      MessageBroker broker,
      RegistrationSettings settings,
      TimeSource time,
      AckTimes acks,
      ClusterNode node) {
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
        .declare(QueueNames.machine(hello.machineId()), QueueSpec.commands())
        .compose(v -> records.find(hello.machineId()))
        .compose(
            machineSession ->
                machineSession == null
                    ? records.create(hello)
                    : Future.succeededFuture(machineSession))
        .compose(
            machineSession ->
                welcome(machineSession, hello).onSuccess(v -> tellNodes(machineSession)));
  }

  Future<Void> heartbeat(MachineHeartbeat beat) {
    return records
        .find(beat.machineId())
        .compose(
            machineSession -> {
              if (machineSession == null) {
                throw ServiceFailure.notFound("machine", beat.machineId());
              }
              return beat(machineSession, beat).onSuccess(v -> tellNodes(machineSession));
            });
  }

  Future<Void> gone(MachineGone gone) {
    MachineSession machineSession = records.seat(gone.machineId());
    if (machineSession == null || !gone.session().equals(machineSession.session)) {
      return Future.succeededFuture(); // another session speaks for it by now
    }
    log.info("machine has left [machine: {}, reason: {}]", gone.machineId(), gone.reason());
    machineSession.session = null;
    tellNodes(machineSession);
    return offline(machineSession);
  }

  /** The machine is not there; its tasks keep their lease. */
  Future<Void> offline(MachineSession machineSession) {
    return records.change(machineSession, m -> offline(m, machineSession.seenAt));
  }

  /** No message of it came for a lease; unless another node has written that it heard one. */
  Future<Void> silent(MachineSession machineSession) {
    return records.change(
        machineSession,
        m -> {
          if (!node.alone() && machineSession.seenElsewhere(m)) {
            machineSession.isHeard(time);
            return m;
          }
          return offline(m, machineSession.seenAt);
        });
  }

  private static Machine offline(Machine m, Instant seenAt) {
    return m.presence() == MachinePresence.OFFLINE
        ? m
        : new MachineEdit(m).presence(MachinePresence.OFFLINE).seen(seenAt).done();
  }

  /** Messages of a machine arrive at any node: the others must know that it lives. */
  void tellNodes(MachineSession machineSession) {
    if (!node.alone()) {
      BusAdapter.announce(vertx, BusAddresses.MACHINE_HEARD, machineSession.asHeard(time.nanos()));
    }
  }

  /** Gives up what an agent is believed to have. */
  void lose(Task task, String reason) {
    log.warn("attempt is lost [task: {}, reason: {}]", task.id(), reason);
    writer
        .apply(task.id(), new TaskFact.Lost(task.attempt(), reason, time.now()))
        .onFailure(e -> log.warn("loss not stored yet [task: {}]", task.id(), e));
  }

  private Future<Void> welcome(MachineSession machineSession, MachineHello hello) {
    Instant now = time.now();
    admit(machineSession, hello.session());
    machineSession.isHeard(time);
    machineSession.stores(time.nanos());
    machineSession.leaving = false;
    machineSession.sightings = Set.of();
    int forgiven = sleep(machineSession, hello.suspendedSeconds());
    return hellos
        .write(
            machineSession,
            hello,
            now,
            m -> machineSession.noticed(MachineCircuitBreaker.forgiven(m, forgiven), time))
        .onSuccess(v -> reconcile(machineSession, hello.tasks()));
  }

  /** A machine that slept is not to blame for what was lost meanwhile; answers how much that is. */
  private int sleep(MachineSession machineSession, long seconds) {
    int blamed = machineSession.blamedWhileSilent;
    List<Task> lost = List.copyOf(machineSession.lostWhileSilent);
    machineSession.blamedWhileSilent = 0;
    machineSession.lostWhileSilent.clear();
    if (seconds <= 0) {
      return 0;
    }
    log.info(
        "machine was suspended [machine: {}, for: {} s]", machineSession.machine().id(), seconds);
    machineSession.notices.suspended(Duration.ofSeconds(seconds), time.nanos());
    machineSession.slept();
    lost.forEach(this::explain);
    return blamed;
  }

  private void explain(Task lost) {
    writer
        .apply(lost.id(), new TaskFact.Suspended(lost.attempt(), lost.machineId(), time.now()))
        .onFailure(e -> log.warn("reason not stored [task: {}]", lost.id(), e));
  }

  private Future<Void> beat(MachineSession machineSession, MachineHeartbeat beat) {
    admit(machineSession, beat.session());
    boolean turned = machineSession.heard(beat, time);
    if (machineSession.ofNow(beat, time.nanos())) {
      reconcile(machineSession, beat.tasks());
      machineSession.notices.heard(beat.agentTime(), time.now());
    }
    boolean noticed =
        machineSession.noticed(machineSession.machine(), time) != machineSession.machine()
            || !Objects.equals(machineSession.machine().trouble(), beat.trouble());
    if (!machineSession.online()
        || noticed
        || machineSession.worthStoring(time.nanos(), settings.store())) {
      // whoever beats is there, even if this server has not heard its hello
      machineSession.stores(time.nanos());
      return records.change(
          machineSession,
          m ->
              new MachineEdit(machineSession.noticed(m, time))
                  .presence(MachinePresence.ONLINE)
                  .seen(time.now())
                  .trouble(beat.trouble())
                  .done());
    }
    if (turned || machineSession.loadWorthSaying(time.nanos(), settings.announce())) {
      records.announce(machineSession);
    }
    return Future.succeededFuture();
  }

  private void admit(MachineSession machineSession, String session) {
    if (machineSession.takenBy(session, time.nanos(), settings.lease())) {
      throw new ServiceFailure(
          ErrorCode.CONFLICT,
          "machine "
              + machineSession.machine().name()
              + " has a live session already (last heard "
              + machineSession.seenAt
              + " from "
              + machineSession.machine().hostname()
              + "): end the other agent, or give this one an identity of its own");
    }
    machineSession.speaksFor(session);
  }

  private void reconcile(MachineSession machineSession, List<RunningTask> tasks) {
    List<RunningTask> listed = tasks == null ? List.of() : tasks;
    TaskReconciler.Outcome outcome =
        TaskReconciler.compare(
            active.ofMachine(machineSession.machine().id()),
            active::get,
            listed,
            task -> acks.settled(task, time.nanos()),
            machineSession.sightings);
    machineSession.sightings = outcome.sightings();
    outcome.lost().forEach(task -> lose(task, "unknownToAgent"));
    outcome.stale().forEach(running -> stopStale(machineSession.machine().id(), running));
  }

  /** An ended attempt whose last words are on their way has its token still, and may go on. */
  private void stopStale(String machineId, RunningTask running) {
    writer
        .get(running.taskId())
        .compose(
            versionedEntity ->
                names(versionedEntity, running)
                    ? Future.succeededFuture(versionedEntity)
                    : writer.read(running.taskId())) // what this node remembers may be outdated
        .map(versionedEntity -> names(versionedEntity, running))
        .otherwise(e -> !isNotFound(e))
        .onSuccess(
            current -> {
              if (!current) {
                tellToStop(machineId, running);
              }
            });
  }

  private static boolean names(VersionedEntity<Task> versionedEntity, RunningTask running) {
    return running.token().equals(versionedEntity.value().token());
  }

  private static boolean isNotFound(Throwable e) {
    return e instanceof ServiceFailure known && known.code() == ErrorCode.NOT_FOUND;
  }

  private void tellToStop(String machineId, RunningTask running) {
    TaskCancel cancel =
        new TaskCancel(
            running.taskId(), running.attempt(), running.token(), true, false, "staleAttempt");
    MessageEnvelope envelope =
        MessageEnvelope.of(MessageTypes.TASK_CANCEL, MessageSource.SERVER, cancel);
    BusAdapter.ask(
            vertx,
            BusAddresses.DISPATCH_COMMAND,
            new MachineCommand(machineId, envelope),
            COMMAND_TIMEOUT_MILLIS)
        .onFailure(e -> log.warn("machine not told to stop [machine: {}]", machineId, e));
  }
}
