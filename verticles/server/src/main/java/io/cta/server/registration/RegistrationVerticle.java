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
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires machines' messages, leases and the circuit breaker. One instance on a node. */
public final class RegistrationVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(RegistrationVerticle.class);
  private static final int PAGE = 1_000;

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
  private final QuarantineKeeper quarantines;
  private final LeaseWatch leases;

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
    this.quarantines = new QuarantineKeeper(records, inTurn, time, settings.lease());
    this.leases =
        new LeaseWatch(records, active, receptionist, inTurn, time, settings.lease(), node);
  }

  @Override
  public Future<?> start() {
    records.start(vertx);
    receptionist.start(vertx);
    leases.start(vertx);
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
              Consumers.<Long>hear(
                  vertx, Addresses.WALL_CLOCK_STEPPED, step -> quarantines.clockWasSet());
              // a lease begins when the machine can be heard, however long the start has taken
              Consumers.<String>hear(vertx, Addresses.SERVER_OPENED, host -> leases.beginAnew());
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
    if (origin == Origin.ELSEWHERE && seat != null && leases.holds(seat)) {
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

  private void changed(Task before, Task now, Origin origin) {
    acks.changed(now, time.nanos());
    quarantines.changed(before, now, origin);
  }

  private void sweep() {
    broker
        .health()
        .map(BrokerHealth::up)
        .otherwise(false)
        .onSuccess(
            hearing -> {
              leases.sweep(hearing);
              quarantines.liftThoseOver();
            });
  }
}
