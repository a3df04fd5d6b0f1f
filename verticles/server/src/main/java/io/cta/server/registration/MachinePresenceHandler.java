package io.cta.server.registration;

import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSpec;
import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.MachineCommand;
import io.cta.domain.AttemptRef;
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
import io.cta.message.TaskCancel;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.store.VersionedEntity;
import io.cta.server.tasks.ActiveTasks;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.AttemptFence;
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

/** Handles agents' hello, heartbeat and gone messages: presence, sessions, running tasks. */
final class MachinePresenceHandler {
  private static final Logger log = LoggerFactory.getLogger(MachinePresenceHandler.class);
  private static final long COMMAND_TIMEOUT_MILLIS = 10_000;

  private final MachineRegistry registry;
  private final ActiveTasks active;
  private final TaskWriter writer;
  private final MessageBroker broker;
  private final RegistrationSettings settings;
  private final TimeSource time;
  private final AckTimes acks;
  private final ClusterNode node;
  private final HelloWriter helloWriter;
  private Vertx vertx;

  MachinePresenceHandler(
      MachineRegistry registry,
      ActiveTasks active,
      TaskWriter writer,
      MessageBroker broker,
      RegistrationSettings settings,
      TimeSource time,
      AckTimes acks,
      ClusterNode node) {
    this.node = node;
    this.registry = registry;
    this.helloWriter = new HelloWriter(registry);
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
        .compose(v -> registry.find(hello.machineId()))
        .compose(
            machineSession ->
                machineSession == null
                    ? registry.create(hello)
                    : Future.succeededFuture(machineSession))
        .compose(
            machineSession ->
                accept(machineSession, hello).onSuccess(v -> tellNodes(machineSession)));
  }

  Future<Void> heartbeat(String machineId, MachineHeartbeat heartbeat) {
    return registry
        .find(machineId)
        .compose(
            machineSession -> {
              if (machineSession == null) {
                throw ServiceFailure.notFound("machine", machineId);
              }
              return accept(machineSession, heartbeat).onSuccess(v -> tellNodes(machineSession));
            });
  }

  Future<Void> gone(String machineId, MachineGone gone) {
    MachineSession machineSession = registry.session(machineId);
    if (machineSession == null || !gone.session().equals(machineSession.session)) {
      return Future.succeededFuture(); // the machine has another session by now
    }
    log.info("machine has left [machine: {}, reason: {}]", machineId, gone.reason());
    machineSession.session = null;
    tellNodes(machineSession);
    return offline(machineSession);
  }

  /** Stores the machine as offline; its tasks keep their lease. */
  Future<Void> offline(MachineSession machineSession) {
    return registry.change(machineSession, m -> offline(m, machineSession.seenAt));
  }

  /** Stores a silent machine as offline, unless the store shows that another node has heard it. */
  Future<Void> silent(MachineSession machineSession) {
    return registry.change(
        machineSession,
        m -> {
          if (!node.alone() && machineSession.seenElsewhere(m)) {
            machineSession.markHeard(time);
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

  /** Tells the other nodes that the machine is alive, since its messages arrive at any one node. */
  void tellNodes(MachineSession machineSession) {
    if (!node.alone()) {
      BusAdapter.announce(vertx, BusAddresses.MACHINE_HEARD, machineSession.asHeard(time.nanos()));
    }
  }

  /** Records an attempt that the agent was believed to run as lost. */
  void lose(Task task, String reason) {
    log.warn("attempt is lost [task: {}, reason: {}]", task.id(), reason);
    writer
        .apply(task.id(), new TaskFact.Lost(task.attempt(), reason, time.now()))
        .onFailure(e -> log.warn("loss not stored yet [task: {}]", task.id(), e));
  }

  private Future<Void> accept(MachineSession machineSession, MachineHello hello) {
    Instant now = time.now();
    claimSession(machineSession, hello.session());
    machineSession.markHeard(time);
    machineSession.markStored(time.nanos());
    machineSession.leaving = false;
    machineSession.sightings = Set.of();
    int forgiven = handleSuspension(machineSession, hello.suspendedSeconds());
    return helloWriter
        .write(
            machineSession,
            hello,
            now,
            m -> machineSession.withNotices(MachineCircuitBreaker.forgiven(m, forgiven), time))
        .onSuccess(v -> reconcile(machineSession, hello.tasks()));
  }

  /** Clears a suspended machine of attempts lost meanwhile; answers how many were blamed on it. */
  private int handleSuspension(MachineSession machineSession, long seconds) {
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
    machineSession.suspended();
    lost.forEach(this::recordSuspension);
    return blamed;
  }

  private void recordSuspension(Task lost) {
    writer
        .apply(lost.id(), new TaskFact.Suspended(lost.attempt(), lost.machineId(), time.now()))
        .onFailure(e -> log.warn("reason not stored [task: {}]", lost.id(), e));
  }

  private Future<Void> accept(MachineSession machineSession, MachineHeartbeat heartbeat) {
    claimSession(machineSession, heartbeat.session());
    boolean leavingChanged = machineSession.heard(heartbeat, time);
    if (machineSession.isCurrent(heartbeat, time.nanos())) {
      reconcile(machineSession, heartbeat.tasks());
      machineSession.notices.heard(heartbeat.agentTime(), time.now());
    }
    boolean noticesChanged =
        machineSession.withNotices(machineSession.machine(), time) != machineSession.machine()
            || !Objects.equals(machineSession.machine().trouble(), heartbeat.trouble());
    if (!machineSession.online()
        || noticesChanged
        || machineSession.shouldStore(time.nanos(), settings.store())) {
      // an agent that sends heartbeats is online, even if this server has not got its hello
      machineSession.markStored(time.nanos());
      return registry.change(
          machineSession,
          m ->
              new MachineEdit(machineSession.withNotices(m, time))
                  .presence(MachinePresence.ONLINE)
                  .seen(time.now())
                  .trouble(heartbeat.trouble())
                  .done());
    }
    if (leavingChanged || machineSession.shouldAnnounceLoad(time.nanos(), settings.announce())) {
      registry.announce(machineSession);
    }
    return Future.succeededFuture();
  }

  private void claimSession(MachineSession machineSession, String session) {
    if (machineSession.takenBy(session, time.nanos(), settings.lease())) {
      throw new ServiceFailure(
          ErrorCode.SESSION_TAKEN,
          "machine "
              + machineSession.machine().name()
              + " has a live session already (last heard "
              + machineSession.seenAt
              + " from "
              + machineSession.machine().hostname()
              + "): end the other agent, or give this one an identity of its own");
    }
    machineSession.setSession(session);
  }

  private void reconcile(MachineSession machineSession, List<AttemptRef> tasks) {
    List<AttemptRef> listed = tasks == null ? List.of() : tasks;
    TaskReconciler.Outcome outcome =
        TaskReconciler.compare(
            machineSession.machine().id(),
            active.ofMachine(machineSession.machine().id()),
            active::get,
            listed,
            task -> acks.settled(task, time.nanos()),
            machineSession.sightings);
    machineSession.sightings = outcome.sightings();
    outcome.lost().forEach(task -> lose(task, "unknownToAgent"));
    outcome.stale().forEach(running -> stopStale(machineSession.machine().id(), running));
  }

  /** Leaves a current attempt alone: it has ended and its last events follow. */
  private void stopStale(String machineId, AttemptRef running) {
    writer
        .get(running.taskId())
        .compose(
            versionedEntity ->
                isCurrent(versionedEntity, running, machineId)
                    ? Future.succeededFuture(versionedEntity)
                    : writer.read(running.taskId())) // the cached task may be outdated
        .map(versionedEntity -> isCurrent(versionedEntity, running, machineId))
        .otherwise(e -> !isNotFound(e))
        .onSuccess(
            current -> {
              if (!current) {
                tellToStop(machineId, running);
              }
            });
  }

  private static boolean isCurrent(
      VersionedEntity<Task> versionedEntity, AttemptRef running, String machineId) {
    return AttemptFence.isCurrent(versionedEntity.value(), running, machineId);
  }

  private static boolean isNotFound(Throwable e) {
    return ServiceFailure.is(e, ErrorCode.NOT_FOUND);
  }

  private void tellToStop(String machineId, AttemptRef running) {
    TaskCancel cancel = TaskCancel.of(running, true, false, "staleAttempt");
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
