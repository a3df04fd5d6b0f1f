package io.cta.server.registration;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.domain.Task;
import io.cta.message.AttemptReasons;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.sequence.KeyedActionQueue;
import io.cta.server.tasks.ActiveTasks;
import io.cta.time.TimeSource;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks machines offline that no node has heard for a lease, and gives up their tasks. Event loop
 * of its verticle only.
 */
final class LeaseWatch {
  private static final Logger log = LoggerFactory.getLogger(LeaseWatch.class);

  /** How long the other nodes have to answer that they hear a machine. */
  private static final Duration ANSWER_TIME = Duration.ofSeconds(2);

  private final MachineRegistry registry;
  private final ActiveTasks active;
  private final MachinePresenceHandler machinePresenceHandler;
  private final KeyedActionQueue keyedActionQueue;
  private final TimeSource time;
  private final Duration lease;
  private final ClusterNode node;
  private Vertx vertx;
  private boolean paused;

  LeaseWatch(
      MachineRegistry registry,
      ActiveTasks active,
      MachinePresenceHandler machinePresenceHandler,
      KeyedActionQueue keyedActionQueue,
      TimeSource time,
      Duration lease,
      ClusterNode node) {
    this.registry = registry;
    this.active = active;
    this.machinePresenceHandler = machinePresenceHandler;
    this.keyedActionQueue = keyedActionQueue;
    this.time = time;
    this.lease = lease;
    this.node = node;
  }

  void start(Vertx on) {
    vertx = on;
  }

  /** Whether this node hears the machine itself. */
  boolean hears(MachineSession machineSession) {
    return machineSession.session != null && !machineSession.silent(time.nanos(), lease);
  }

  /** Restarts every machine's lease. */
  void restartLeases() {
    long now = time.nanos();
    registry.all().forEach(machineSession -> machineSession.heardAt = now);
  }

  /**
   * Checks all leases.
   *
   * @param brokerUp false while the broker is not reachable, so that no machine can be heard
   */
  void sweep(boolean brokerUp) {
    if (paused && brokerUp) {
      restartLeases(); // the machines could not be heard meanwhile, which is not their silence
    }
    if (paused == brokerUp) {
      paused = !brokerUp;
      log.warn("leases {}", paused ? "stand still while the broker is away" : "run again");
    }
    long now = time.nanos();
    for (MachineSession machineSession : registry.all()) {
      if (!machineSession.silent(now, lease)) {
        machineSession.askedAt = null;
      } else if (brokerUp && silentEverywhere(machineSession, now)) {
        leaseExpired(machineSession);
      }
    }
  }

  /** In a cluster, true only after the other nodes were asked and had time to answer. */
  private boolean silentEverywhere(MachineSession machineSession, long now) {
    if (node.alone()) {
      return true;
    }
    boolean worthAsking =
        machineSession.online() || !active.ofMachine(machineSession.machine().id()).isEmpty();
    if (machineSession.askedAt == null && worthAsking) {
      machineSession.askedAt = now;
      BusAdapter.announce(vertx, BusAddresses.MACHINE_MISSED, machineSession.machine().id());
    }
    return machineSession.askedAt != null && now - machineSession.askedAt > ANSWER_TIME.toNanos();
  }

  private void leaseExpired(MachineSession machineSession) {
    if (machineSession.online()) {
      log.warn("machine is silent [machine: {}]", machineSession.machine().id());
      keyedActionQueue
          .enqueue(
              machineSession.machine().id(), () -> machinePresenceHandler.silent(machineSession))
          .onFailure(e -> log.warn("machine not stored as offline yet", e));
      if (!node.alone()) {
        return; // tasks wait for the next sweep: storing may show that another node hears it
      }
    }
    active.ofMachine(machineSession.machine().id()).stream()
        .filter(TaskReconciler::heldByAgent)
        .toList()
        .forEach(task -> giveUp(machineSession, task));
  }

  private void giveUp(MachineSession machineSession, Task task) {
    if (!machineSession.lostWhileSilent.contains(task)) {
      machineSession.lostWhileSilent.add(task);
    }
    machinePresenceHandler.lose(task, AttemptReasons.MACHINE_LOST);
  }
}
