package io.cta.server.registration;

import io.cta.broker.BrokerHealth;
import io.cta.broker.MessageBroker;
import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.EventOrigin;
import io.cta.bus.MachineChanged;
import io.cta.bus.MachineHeard;
import io.cta.domain.Machine;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.MachineGone;
import io.cta.message.MachineHeartbeat;
import io.cta.message.MachineHello;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
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

  private final StoreRepositories stores;
  private final MessageBroker broker;
  private final TimeSource time;
  private final AckTimes acks = new AckTimes();
  private final ClusterNode node;
  private final RegistrationSettings settings;
  private final MachineRegistry records;
  private final MachinePresenceHandler machinePresenceHandler;
  private final ActiveTasks active = new ActiveTasks(this::changed);
  private final KeyedActionQueue keyedActionQueue = new KeyedActionQueue();
  private final IdentityAlarm alarm;
  private final QuarantineHandler quarantines;
  private final LeaseWatch leases;

  public RegistrationVerticle(
      StoreRepositories stores,
      TaskWriter writer,
      MessageBroker broker,
      TimeSource time,
      RegistrationSettings settings) {
    this(stores, writer, broker, time, settings, ClusterNode.ALONE);
  }

  /**
   * @param node of a cluster: each hears a part of what agents say, and tells the others
   */
  public RegistrationVerticle(
      StoreRepositories stores,
      TaskWriter writer,
      MessageBroker broker,
      TimeSource time,
      RegistrationSettings settings,
      ClusterNode node) {
    this.node = node;
    this.stores = stores;
    this.broker = broker;
    this.time = time;
    this.settings = settings;
    this.records = new MachineRegistry(stores, time);
    this.alarm = new IdentityAlarm(stores, records, keyedActionQueue, time, settings.lease());
    this.machinePresenceHandler =
        new MachinePresenceHandler(records, active, writer, broker, settings, time, acks, node);
    this.quarantines = new QuarantineHandler(records, keyedActionQueue, time, settings.lease());
    this.leases =
        new LeaseWatch(
            records,
            active,
            machinePresenceHandler,
            keyedActionQueue,
            time,
            settings.lease(),
            node);
  }

  @Override
  public Future<?> start() {
    records.start(vertx);
    machinePresenceHandler.start(vertx);
    leases.start(vertx);
    if (!node.alone()) {
      BusAdapter.<MachineChanged>hearFrom(vertx, BusAddresses.MACHINE_CHANGED, this::changed);
      BusAdapter.<MachineHeard>hearFrom(vertx, BusAddresses.MACHINE_HEARD, this::heard);
      BusAdapter.<String>hearFrom(vertx, BusAddresses.MACHINE_MISSED, this::missed);
    }
    return stores
        .machines
        .pages(
            DocumentQuery.of(StoreCollections.MACHINES, DocumentFilter.ALL, PAGE), this::machines)
        .compose(v -> active.start(vertx, stores))
        .onSuccess(
            v -> {
              BusAdapter.<MessageEnvelope>serve(
                  vertx, BusAddresses.REGISTRATION_RECEIVE, this::receive);
              alarm.start(vertx);
              BusAdapter.<String>hear(vertx, BusAddresses.MACHINE_EDITED, this::edited);
              BusAdapter.<Long>hear(
                  vertx, BusAddresses.WALL_CLOCK_STEPPED, step -> quarantines.clockWasSet());
              // a lease begins when the machine can be heard, however long the start has taken
              BusAdapter.<String>hear(
                  vertx, BusAddresses.SERVER_OPENED, host -> leases.beginAnew());
              vertx.setPeriodic(settings.sweep().toMillis(), id -> sweep());
            });
  }

  /**
   * Of a server alone nobody is online until it says so to it; until then its tasks have their
   * lease. Of a cluster's machines the other nodes know, and silence counts from now.
   */
  private Future<Void> machines(List<VersionedEntity<Machine>> page) {
    List<Future<Void>> marked = new ArrayList<>();
    for (VersionedEntity<Machine> versionedEntity : page) {
      MachineSession machineSession = records.load(versionedEntity);
      if (node.alone()) {
        marked.add(machinePresenceHandler.offline(machineSession));
      }
    }
    return Future.join(marked).mapEmpty();
  }

  private Future<Void> receive(MessageEnvelope envelope) {
    return switch (envelope.type()) {
      case MessageTypes.MACHINE_REGISTERED -> {
        MachineHello hello = envelope.payloadAs(MachineHello.class);
        HelloLimits.check(hello);
        yield keyedActionQueue.then(
            named(hello.machineId()), () -> machinePresenceHandler.hello(hello));
      }
      case MessageTypes.MACHINE_HEARTBEAT -> {
        MachineHeartbeat beat = envelope.payloadAs(MachineHeartbeat.class);
        HelloLimits.check(beat);
        yield keyedActionQueue.then(
            named(beat.machineId()), () -> machinePresenceHandler.heartbeat(beat));
      }
      case MessageTypes.MACHINE_GONE -> {
        MachineGone gone = envelope.payloadAs(MachineGone.class);
        HelloLimits.check(gone);
        yield keyedActionQueue.then(
            named(gone.machineId()), () -> machinePresenceHandler.gone(gone));
      }
      default ->
          throw new ServiceFailure(
              ErrorCode.INVALID, "registration does not know the type " + envelope.type());
    };
  }

  private void changed(MachineChanged changed, EventOrigin origin) {
    if (origin == EventOrigin.ELSEWHERE) {
      records.heardElsewhere(changed);
    }
  }

  private void heard(MachineHeard heard, EventOrigin origin) {
    if (origin == EventOrigin.ELSEWHERE) {
      records
          .find(heard.machineId())
          .onSuccess(
              machineSession -> {
                if (machineSession != null) {
                  machineSession.heardElsewhere(heard, time);
                }
              })
          .onFailure(e -> log.debug("machine not read [machine: {}]", heard.machineId(), e));
    }
  }

  private void missed(String machineId, EventOrigin origin) {
    MachineSession machineSession = records.seat(machineId);
    if (origin == EventOrigin.ELSEWHERE && machineSession != null && leases.holds(machineSession)) {
      machinePresenceHandler.tellNodes(machineSession);
    }
  }

  private static String named(String machineId) {
    if (machineId == null || machineId.isBlank()) {
      throw ServiceFailure.invalid("machineId", "is required");
    }
    return machineId;
  }

  private void edited(String machineId) {
    keyedActionQueue
        .then(
            machineId,
            () ->
                records
                    .reread(machineId)
                    .compose(
                        known ->
                            known
                                ? Future.succeededFuture()
                                : broker.delete(QueueNames.machine(machineId))))
        .onFailure(e -> log.warn("machine not read again [machine: {}]", machineId, e));
  }

  private void changed(Task before, Task now, EventOrigin origin) {
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
