package io.cta.server.registration;

import io.cta.broker.BrokerHealth;
import io.cta.broker.MessageBroker;
import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.EventOrigin;
import io.cta.bus.MachineChanged;
import io.cta.bus.MachineHeard;
import io.cta.bus.ReceivedEvent;
import io.cta.domain.Machine;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.MachineGone;
import io.cta.message.MachineHeartbeat;
import io.cta.message.MachineHello;
import io.cta.message.MachineHelloBuilder;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.sequence.KeyedActionQueue;
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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires machines' messages, leases and the circuit breaker. One instance per node. */
public final class RegistrationVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(RegistrationVerticle.class);
  private static final int PAGE = 1_000;

  private final StoreRepositories stores;
  private final MessageBroker broker;
  private final TimeSource time;
  private final AckTimes acks = new AckTimes();
  private final ClusterNode node;
  private final RegistrationSettings settings;
  private final MachineRegistry registry;
  private final MachinePresenceHandler machinePresenceHandler;
  private final ActiveTasks active = new ActiveTasks(this::changed);
  private final KeyedActionQueue keyedActionQueue = new KeyedActionQueue();
  private final IdentityAlarm alarm;
  private final QuarantineHandler quarantineHandler;
  private final LeaseWatch leaseWatch;

  public RegistrationVerticle(
      StoreRepositories stores,
      TaskWriter writer,
      MessageBroker broker,
      TimeSource time,
      RegistrationSettings settings) {
    this(stores, writer, broker, time, settings, ClusterNode.ALONE);
  }

  /**
   * @param node this node; in a cluster each gets a part of the agents' messages and tells the
   *     others
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
    this.registry = new MachineRegistry(stores, time);
    this.alarm = new IdentityAlarm(stores, registry, keyedActionQueue, time, settings.lease());
    this.machinePresenceHandler =
        new MachinePresenceHandler(registry, active, writer, broker, settings, time, acks, node);
    this.quarantineHandler =
        new QuarantineHandler(registry, keyedActionQueue, time, settings.lease());
    this.leaseWatch =
        new LeaseWatch(
            registry,
            active,
            machinePresenceHandler,
            keyedActionQueue,
            time,
            settings.lease(),
            node);
  }

  @Override
  public Future<?> start() {
    registry.start(vertx);
    machinePresenceHandler.start(vertx);
    leaseWatch.start(vertx);
    if (!node.alone()) {
      BusAdapter.<MachineChanged>hearFrom(vertx, BusAddresses.MACHINE_CHANGED, this::changed);
      BusAdapter.<MachineHeard>hearFrom(vertx, BusAddresses.MACHINE_HEARD, this::heard);
      BusAdapter.<String>hearFrom(vertx, BusAddresses.MACHINE_MISSED, this::missed);
    }
    return stores
        .machines
        .pages(
            DocumentQuery.of(StoreCollections.MACHINES, DocumentFilter.ALL, PAGE),
            this::loadMachines)
        .compose(v -> active.start(vertx, stores))
        .onSuccess(
            v -> {
              BusAdapter.<ReceivedEvent>serve(
                  vertx, BusAddresses.REGISTRATION_RECEIVE, this::receive);
              alarm.start(vertx);
              BusAdapter.<String>hear(vertx, BusAddresses.MACHINE_EDITED, this::edited);
              BusAdapter.<Long>hear(
                  vertx, BusAddresses.WALL_CLOCK_STEPPED, step -> quarantineHandler.clockStepped());
              // leases begin when machines can be heard, however long the start has taken
              BusAdapter.<String>hear(
                  vertx, BusAddresses.SERVER_OPENED, host -> leaseWatch.restartLeases());
              vertx.setPeriodic(settings.sweep().toMillis(), id -> sweep());
            });
  }

  /**
   * Loads a page of machines. On a single server all are offline until they report, and their tasks
   * keep their lease. In a cluster they stay as stored, since other nodes may hear them; silence
   * counts from now.
   */
  private Future<Void> loadMachines(List<VersionedEntity<Machine>> page) {
    List<Future<Void>> marked = new ArrayList<>();
    for (VersionedEntity<Machine> versionedEntity : page) {
      MachineSession machineSession = registry.load(versionedEntity);
      if (node.alone()) {
        marked.add(machinePresenceHandler.offline(machineSession));
      }
    }
    return Future.join(marked).mapEmpty();
  }

  private Future<Void> receive(ReceivedEvent event) {
    return keyedActionQueue.enqueue(event.machineId(), handling(event));
  }

  /** Reads the event and returns how to handle it once it is the machine's turn. */
  private Supplier<Future<Void>> handling(ReceivedEvent event) {
    String machineId = event.machineId();
    MessageEnvelope envelope = event.envelope();
    return switch (envelope.type()) {
      case MessageTypes.MACHINE_REGISTERED -> {
        MachineHello hello =
            MachineHelloBuilder.builder(envelope.payloadAs(MachineHello.class))
                .machineId(machineId)
                .build();
        HelloLimits.check(hello);
        yield () -> machinePresenceHandler.hello(hello);
      }
      case MessageTypes.MACHINE_HEARTBEAT -> {
        MachineHeartbeat heartbeat = envelope.payloadAs(MachineHeartbeat.class);
        HelloLimits.check(heartbeat);
        yield () -> machinePresenceHandler.heartbeat(machineId, heartbeat);
      }
      case MessageTypes.MACHINE_GONE -> {
        MachineGone gone = envelope.payloadAs(MachineGone.class);
        HelloLimits.check(gone);
        yield () -> machinePresenceHandler.gone(machineId, gone);
      }
      default ->
          throw new ServiceFailure(
              ErrorCode.INVALID, "registration does not know the type " + envelope.type());
    };
  }

  private void changed(MachineChanged changed, EventOrigin origin) {
    if (origin == EventOrigin.ELSEWHERE) {
      registry.heardElsewhere(changed);
    }
  }

  private void heard(MachineHeard heard, EventOrigin origin) {
    if (origin == EventOrigin.ELSEWHERE) {
      registry
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
    MachineSession machineSession = registry.session(machineId);
    if (origin == EventOrigin.ELSEWHERE
        && machineSession != null
        && leaseWatch.hears(machineSession)) {
      machinePresenceHandler.tellNodes(machineSession);
    }
  }

  private void edited(String machineId) {
    keyedActionQueue
        .enqueue(
            machineId,
            () ->
                registry
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
    quarantineHandler.changed(before, now, origin);
  }

  private void sweep() {
    broker
        .health()
        .map(BrokerHealth::up)
        .otherwise(false)
        .onSuccess(
            hearing -> {
              leaseWatch.sweep(hearing);
              quarantineHandler.liftExpired();
            });
  }
}
