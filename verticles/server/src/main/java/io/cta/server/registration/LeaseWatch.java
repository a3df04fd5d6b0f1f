package io.cta.server.registration;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.domain.Task;
import io.cta.message.AttemptReasons;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.tasks.ActiveTasks;
import io.cta.time.TimeSource;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the machines that nobody has heard for a lease, and gives up what they run. Event loop of
 * its verticle only.
 */
final class LeaseWatch {
  private static final Logger log = LoggerFactory.getLogger(LeaseWatch.class);

  /** What the other nodes have for saying that they hear a machine. */
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final MachineRegistry records;
  private final ActiveTasks active;
  private final MachinePresenceHandler machinePresenceHandler;
  private final KeyedActionQueue keyedActionQueue;
  private final TimeSource time;
  private final Duration lease;
  private final ClusterNode node;
  private Vertx vertx;
  private boolean deaf;

  LeaseWatch(
      MachineRegistry records,
      ActiveTasks active,
      MachinePresenceHandler machinePresenceHandler,
      KeyedActionQueue keyedActionQueue,
      TimeSource time,
      Duration lease,
      ClusterNode node) {
    this.records = records;
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

  /** Whether this node itself hears the machine. */
  boolean holds(MachineSession machineSession) {
    return machineSession.session != null && !machineSession.silent(time.nanos(), lease);
  }

  /** Every lease begins now. */
  void beginAnew() {
    long now = time.nanos();
    records.all().forEach(machineSession -> machineSession.heardAt = now);
  }

  /**
   * @param hearing false while the broker is away, and nobody can be heard
   */
  void sweep(boolean hearing) {
    if (deaf && hearing) {
      beginAnew(); // who was not heard meanwhile was not silent
    }
    if (deaf == hearing) {
      deaf = !hearing;
      log.warn("leases {}", deaf ? "stand still while the broker is away" : "run again");
    }
    long now = time.nanos();
    for (MachineSession machineSession : records.all()) {
      if (!machineSession.silent(now, lease)) {
        machineSession.missedAt = null;
      } else if (hearing && nobodyHears(machineSession, now)) {
        silent(machineSession);
      }
    }
  }

  /** Before a machine is given up the other nodes have been asked, and had time to answer. */
  private boolean nobodyHears(MachineSession machineSession, long now) {
    if (node.alone()) {
      return true;
    }
    boolean worthAsking =
        machineSession.online() || !active.ofMachine(machineSession.machine().id()).isEmpty();
    if (machineSession.missedAt == null && worthAsking) {
      machineSession.missedAt = now;
      BusAdapter.announce(vertx, BusAddresses.MACHINE_MISSED, machineSession.machine().id());
    }
    return machineSession.missedAt != null && now - machineSession.missedAt > ANSWER.toNanos();
  }

  private void silent(MachineSession machineSession) {
    if (machineSession.online()) {
      log.warn("machine is silent [machine: {}]", machineSession.machine().id());
      keyedActionQueue
          .then(machineSession.machine().id(), () -> machinePresenceHandler.silent(machineSession))
          .onFailure(e -> log.warn("machine not stored as offline yet", e));
      if (!node.alone()) {
        return; // its tasks at the next look: the store may know that another node hears it
      }
    }
    active.ofMachine(machineSession.machine().id()).stream()
        .filter(TaskReconciler::atWork)
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
