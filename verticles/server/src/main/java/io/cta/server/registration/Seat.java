package io.cta.server.registration;

import io.cta.bus.MachineHeard;
import io.cta.domain.Machine;
import io.cta.domain.Presence;
import io.cta.message.Heartbeat;
import io.cta.message.RunningTask;
import io.cta.server.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** What is known of a machine between its messages. Event loop of its verticle only. */
final class Seat {
  private static final double LOAD_STEP = 0.1;

  Stored<Machine> stored;

  /** Who speaks for the machine; null while nobody does. */
  String session;

  Instant heardAt;
  Instant announcedAt = Instant.EPOCH;
  double load = -1;
  long diskFree = -1;
  boolean leaving;
  Set<RunningTask> sightings = Set.of();

  /** When the other nodes were asked for it; null while it is not missed. */
  Instant missedAt;

  private Timing timing = new Timing();
  private double announcedLoad = -1;

  /**
   * @param heardAt from when on its silence counts
   */
  Seat(Stored<Machine> stored, Instant heardAt) {
    this.stored = stored;
    this.heardAt = heardAt;
  }

  Machine machine() {
    return stored.value();
  }

  boolean online() {
    return machine().presence() == Presence.ONLINE;
  }

  boolean silent(Instant now, Duration lease) {
    return heardAt.plus(lease).isBefore(now);
  }

  /** True when another session speaks for the machine, and has done so just now. */
  boolean takenBy(String other, Instant now, Duration lease) {
    return session != null && !session.equals(other) && online() && !silent(now, lease);
  }

  /** Takes a heartbeat in; answers whether others must hear of it at once. */
  boolean heard(Heartbeat beat, Instant now) {
    heardAt = now;
    load = beat.load();
    diskFree = beat.diskFree();
    boolean turned = leaving != beat.leaving();
    leaving = beat.leaving();
    return turned;
  }

  /** Whether what the heartbeat says runs may be held against what is believed to run. */
  boolean ofNow(Heartbeat beat, Instant now) {
    Timing.Said said = timing.judge(beat.agentTime(), now.toEpochMilli());
    if (said == Timing.Said.AT_LAST) {
      sightings = Set.of();
    }
    return said != Timing.Said.LATE;
  }

  /** Another session has another clock, as far as is known. */
  void speaksFor(String newSession) {
    if (!newSession.equals(session)) {
      timing = new Timing();
    }
    session = newSession;
  }

  /** What another node has heard of it; older news than this node's own changes nothing. */
  void heardElsewhere(MachineHeard heard, Instant now) {
    Instant at = now.minusMillis(heard.agoMillis());
    if (at.isBefore(heardAt)) {
      return;
    }
    heardAt = at;
    if (heard.session() == null) {
      session = null;
    } else {
      speaksFor(heard.session());
    }
    load = heard.load();
    diskFree = heard.diskFree();
    leaving = heard.leaving();
  }

  MachineHeard asHeard(Instant now) {
    long ago = Math.max(0, Duration.between(heardAt, now).toMillis());
    return new MachineHeard(machine().id(), session, ago, load, diskFree, leaving);
  }

  boolean loadWorthSaying(Instant now, Duration pause) {
    return Math.abs(load - announcedLoad) >= LOAD_STEP && !announcedAt.plus(pause).isAfter(now);
  }

  void announced(Instant now) {
    announcedAt = now;
    announcedLoad = load;
  }
}
