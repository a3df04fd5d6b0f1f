package io.cta.server.registration;

import io.cta.broker.Broker;
import io.cta.broker.BrokerHealth;
import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.MachineChanged;
import io.cta.bus.MachineHeard;
import io.cta.bus.Origin;
import io.cta.domain.Machine;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.AttemptReasons;
import io.cta.message.Envelope;
import io.cta.message.Heartbeat;
import io.cta.message.MachineGone;
import io.cta.message.MachineHello;
import io.cta.message.Queues;
import io.cta.message.Types;
import io.cta.server.cluster.Node;
import io.cta.server.store.Collections;
import io.cta.server.store.Filter;
import io.cta.server.store.Query;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import io.cta.server.tasks.ActiveTasks;
import io.cta.server.tasks.TaskWriter;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires machines' messages, leases and the circuit breaker. One instance on a node. */
public final class RegistrationVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(RegistrationVerticle.class);
  private static final int PAGE = 1_000;

  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final Stores stores;
  private final Broker broker;
  private final TimeSource time;
  private final AckTimes acks = new AckTimes();
  private final Node node;
  private final RegistrationSettings settings;
  private final MachineRecords records;
  private final Receptionist receptionist;
  private final ActiveTasks active = new ActiveTasks(this::changed);
  private final InTurn inTurn = new InTurn();
  private final IdentityAlarm alarm;
  private boolean deaf;

  public RegistrationVerticle(
      Stores stores,
      TaskWriter writer,
      Broker broker,
      TimeSource time,
      RegistrationSettings settings) {
    this(stores, writer, broker, time, settings, Node.ALONE);
  }

  /**
   * @param node of a cluster: each hears a part of what agents say, and tells the others
   */
  public RegistrationVerticle(
      Stores stores,
      TaskWriter writer,
      Broker broker,
      TimeSource time,
      RegistrationSettings settings,
      Node node) {
    this.node = node;
    this.stores = stores;
    this.broker = broker;
    this.time = time;
    this.settings = settings;
    this.records = new MachineRecords(stores, time);
    this.alarm = new IdentityAlarm(stores, records, inTurn, time, settings.lease());
    this.receptionist =
        new Receptionist(records, active, writer, broker, settings, time, acks, node);
  }

  @Override
  public Future<?> start() {
    records.start(vertx);
    receptionist.start(vertx);
    if (!node.alone()) {
      Consumers.<MachineChanged>hearFrom(vertx, Addresses.MACHINE_CHANGED, this::changed);
      Consumers.<MachineHeard>hearFrom(vertx, Addresses.MACHINE_HEARD, this::heard);
      Consumers.<String>hearFrom(vertx, Addresses.MACHINE_MISSED, this::missed);
    }
    return stores
        .machines
        .pages(Query.of(Collections.MACHINES, Filter.ALL, PAGE), this::machines)
        .compose(v -> active.start(vertx, stores))
        .onSuccess(
            v -> {
              Consumers.<Envelope>serve(vertx, Addresses.REGISTRATION_RECEIVE, this::receive);
              alarm.start(vertx);
              Consumers.<String>hear(vertx, Addresses.MACHINE_EDITED, this::edited);
              Consumers.<Long>hear(vertx, Addresses.WALL_CLOCK_STEPPED, step -> stepped());
              // a lease begins when the machine can be heard, however long the start has taken
              Consumers.<String>hear(vertx, Addresses.SERVER_OPENED, host -> allAnew());
              vertx.setPeriodic(settings.sweep().toMillis(), id -> sweep());
            });
  }

  /**
   * Of a server alone nobody is online until it says so to it; until then its tasks have their
   * lease. Of a cluster's machines the other nodes know, and silence counts from now.
   */
  private Future<Void> machines(List<Stored<Machine>> page) {
    List<Future<Void>> marked = new ArrayList<>();
    for (Stored<Machine> stored : page) {
      Seat seat = records.load(stored);
      if (node.alone()) {
        marked.add(receptionist.offline(seat));
      }
    }
    return Future.join(marked).mapEmpty();
  }

  private Future<Void> receive(Envelope envelope) {
    return switch (envelope.type()) {
      case Types.MACHINE_REGISTERED -> {
        MachineHello hello = envelope.payloadAs(MachineHello.class);
        HelloLimits.check(hello);
        yield inTurn.then(named(hello.machineId()), () -> receptionist.hello(hello));
      }
      case Types.MACHINE_HEARTBEAT -> {
        Heartbeat beat = envelope.payloadAs(Heartbeat.class);
        HelloLimits.check(beat);
        yield inTurn.then(named(beat.machineId()), () -> receptionist.heartbeat(beat));
      }
      case Types.MACHINE_GONE -> {
        MachineGone gone = envelope.payloadAs(MachineGone.class);
        HelloLimits.check(gone);
        yield inTurn.then(named(gone.machineId()), () -> receptionist.gone(gone));
      }
      default ->
          throw new ServiceFailure(
              ErrorCode.INVALID, "registration does not know the type " + envelope.type());
    };
  }

  private void changed(MachineChanged changed, Origin origin) {
    if (origin == Origin.ELSEWHERE) {
      records.heardElsewhere(changed);
    }
  }

  private void heard(MachineHeard heard, Origin origin) {
    if (origin == Origin.ELSEWHERE) {
      records
          .find(heard.machineId())
          .onSuccess(
              seat -> {
                if (seat != null) {
                  seat.heardElsewhere(heard, time);
                }
              })
          .onFailure(e -> log.debug("machine not read [machine: {}]", heard.machineId(), e));
    }
  }

  private void missed(String machineId, Origin origin) {
    Seat seat = records.seat(machineId);
    if (origin == Origin.ELSEWHERE
        && seat != null
        && seat.session != null
        && !seat.silent(time.nanos(), settings.lease())) {
      receptionist.tellNodes(seat);
    }
  }

  private static String named(String machineId) {
    if (machineId == null || machineId.isBlank()) {
      throw ServiceFailure.invalid("machineId", "is required");
    }
    return machineId;
  }

  private void edited(String machineId) {
    inTurn
        .then(
            machineId,
            () ->
                records
                    .reread(machineId)
                    .compose(
                        known ->
                            known
                                ? Future.succeededFuture()
                                : broker.delete(Queues.machine(machineId))))
        .onFailure(e -> log.warn("machine not read again [machine: {}]", machineId, e));
  }

  /**
   * A task changed: if an attempt ended with that, it says something about its machine. The node
   * that wrote it counts it, so that a cluster counts it once.
   */
  private void changed(Task before, Task now, Origin origin) {
    acks.changed(now, time.nanos());
    AttemptEnd end = origin == Origin.HERE ? AttemptEnd.of(before, now) : null;
    Seat seat = end == null ? null : records.seat(end.machineId());
    if (seat == null || !end.infra() && !end.finished()) {
      return;
    }
    if (end.infra()) {
      seat.blamedWhileSilent += seat.silent(time.nanos(), settings.lease()) ? 1 : 0;
      change(seat, m -> Breaker.failed(m, time.now()));
    } else if (seat.machine().failuresInRow() > 0 || seat.machine().quarantines() > 0) {
      change(seat, Breaker::finished);
    }
  }

  private void sweep() {
    broker.health().map(BrokerHealth::up).otherwise(false).onSuccess(this::sweep);
  }

  private void sweep(boolean hearing) {
    long now = time.nanos();
    if (deaf && hearing) {
      allAnew(); // who was not heard meanwhile was not silent
    }
    if (deaf == hearing) {
      deaf = !hearing;
      log.warn("leases {}", deaf ? "stand still while the broker is away" : "run again");
    }
    for (Seat seat : records.all()) {
      if (!seat.silent(now, settings.lease())) {
        seat.missedAt = null;
      } else if (hearing && nobodyHears(seat, now)) {
        silent(seat);
      }
      Duration quarantine = seat.quarantineLeft(time);
      if (quarantine != null && (quarantine.isNegative() || quarantine.isZero())) {
        change(seat, Breaker::lifted);
      }
    }
  }

  private void giveUp(Seat seat, Task task) {
    if (!seat.lostWhileSilent.contains(task)) {
      seat.lostWhileSilent.add(task);
    }
    receptionist.lose(task, AttemptReasons.MACHINE_LOST);
  }

  private void allAnew() {
    long now = time.nanos();
    records.all().forEach(seat -> seat.heardAt = now);
  }

  /** Before a machine is given up the other nodes have been asked, and had time to answer. */
  private boolean nobodyHears(Seat seat, long now) {
    if (node.alone()) {
      return true;
    }
    boolean worthAsking = seat.online() || !active.ofMachine(seat.machine().id()).isEmpty();
    if (seat.missedAt == null && worthAsking) {
      seat.missedAt = now;
      Consumers.announce(vertx, Addresses.MACHINE_MISSED, seat.machine().id());
    }
    return seat.missedAt != null && now - seat.missedAt > ANSWER.toNanos();
  }

  private void silent(Seat seat) {
    if (seat.online()) {
      log.warn("machine is silent [machine: {}]", seat.machine().id());
      inTurn
          .then(seat.machine().id(), () -> receptionist.silent(seat))
          .onFailure(e -> log.warn("machine not stored as offline yet", e));
      if (!node.alone()) {
        return; // its tasks at the next look: the store may know that another node hears it
      }
    }
    active.ofMachine(seat.machine().id()).stream()
        .filter(Reconciler::atWork)
        .toList()
        .forEach(task -> giveUp(seat, task));
  }

  /** What is stored of a quarantine's end is to say again how long is left. */
  private void stepped() {
    for (Seat seat : records.all()) {
      Duration left = seat.quarantineLeft(time);
      if (left != null) {
        change(seat, m -> Breaker.ending(m, time.now().plus(left)));
      }
    }
  }

  private void change(Seat seat, UnaryOperator<Machine> change) {
    inTurn
        .then(seat.machine().id(), () -> records.change(seat, change))
        .onFailure(e -> log.warn("machine not stored [machine: {}]", seat.machine().id(), e));
  }
}
