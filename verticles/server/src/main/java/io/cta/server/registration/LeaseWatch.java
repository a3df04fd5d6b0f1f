package io.cta.server.registration;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.domain.Task;
import io.cta.message.AttemptReasons;
import io.cta.server.cluster.Node;
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

  private final MachineRecords records;
  private final ActiveTasks active;
  private final Receptionist receptionist;
  private final InTurn inTurn;
  private final TimeSource time;
  private final Duration lease;
  private final Node node;
  private Vertx vertx;
  private boolean deaf;

  LeaseWatch(
      MachineRecords records,
      ActiveTasks active,
      Receptionist receptionist,
      InTurn inTurn,
      TimeSource time,
      Duration lease,
      Node node) {
    this.records = records;
    this.active = active;
    this.receptionist = receptionist;
    this.inTurn = inTurn;
    this.time = time;
    this.lease = lease;
    this.node = node;
  }

  void start(Vertx on) {
    vertx = on;
  }

  /** Whether this node itself hears the machine. */
  boolean holds(Seat seat) {
    return seat.session != null && !seat.silent(time.nanos(), lease);
  }

  /** Every lease begins now. */
  void beginAnew() {
    long now = time.nanos();
    records.all().forEach(seat -> seat.heardAt = now);
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
    for (Seat seat : records.all()) {
      if (!seat.silent(now, lease)) {
        seat.missedAt = null;
      } else if (hearing && nobodyHears(seat, now)) {
        silent(seat);
      }
    }
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

  private void giveUp(Seat seat, Task task) {
    if (!seat.lostWhileSilent.contains(task)) {
      seat.lostWhileSilent.add(task);
    }
    receptionist.lose(task, AttemptReasons.MACHINE_LOST);
  }
}
