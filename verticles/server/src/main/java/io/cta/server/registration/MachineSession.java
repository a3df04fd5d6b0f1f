package io.cta.server.registration;

import io.cta.bus.MachineHeard;
import io.cta.domain.Machine;
import io.cta.domain.MachinePresence;
import io.cta.domain.Task;
import io.cta.message.MachineHeartbeat;
import io.cta.message.RunningTask;
import io.cta.server.store.VersionedEntity;
import io.cta.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What is known of a machine between its messages. Event loop of its verticle only. */
final class MachineSession {
  private static final double LOAD_STEP = 0.1;

  VersionedEntity<Machine> versionedEntity;

  /** Who speaks for the machine; null while nobody does. */
  String session;

  /** When it was heard last, by the ticker: its silence counts from there. */
  long heardAt;

  /** The same as people read it. */
  Instant seenAt;

  double load = -1;
  long diskFree = -1;
  boolean leaving;
  Set<RunningTask> sightings = Set.of();

  /** When the other nodes were asked for it, by the ticker; null while it is not missed. */
  Long missedAt;

  final MachineNotices notices = new MachineNotices();

  /** For how many attempts it was blamed since it was heard last. */
  int blamedWhileSilent;

  /** Those given up since it was heard last. */
  final List<Task> lostWhileSilent = new ArrayList<>();

  private LateHeartbeatDetector lateHeartbeatDetector = new LateHeartbeatDetector();
  private double announcedLoad = -1;
  private Long announcedAt;
  private Long storedAt;
  private boolean watched;
  private int quarantine;
  private long quarantineEnd;

  /**
   * @param now from when on its silence counts
   */
  MachineSession(VersionedEntity<Machine> versionedEntity, long now) {
    this.versionedEntity = versionedEntity;
    this.heardAt = now;
    this.seenAt = versionedEntity.value().lastSeenAt();
  }

  Machine machine() {
    return versionedEntity.value();
  }

  boolean online() {
    return machine().presence() == MachinePresence.ONLINE;
  }

  boolean silent(long now, Duration lease) {
    return now - heardAt > lease.toNanos();
  }

  /** The document with what people should know of the machine now; itself when it says so. */
  Machine noticed(Machine m, TimeSource time) {
    List<String> texts = new ArrayList<>(notices.texts(m.notices(), time.nanos()));
    texts.addAll(MachineNaming.standing(m));
    texts.addAll(DuplicateIdentityNotice.standing(m, time.now()));
    return texts.equals(m.notices()) ? m : new MachineEdit(m).notices(texts).done();
  }

  /** True when another session speaks for the machine, and has done so just now. */
  boolean takenBy(String other, long now, Duration lease) {
    return session != null && !session.equals(other) && online() && !silent(now, lease);
  }

  /** Takes a heartbeat in; answers whether others must hear of it at once. */
  boolean heard(MachineHeartbeat beat, TimeSource time) {
    isHeard(time);
    load = beat.load();
    diskFree = beat.diskFree();
    boolean turned = leaving != beat.leaving();
    leaving = beat.leaving();
    return turned;
  }

  /** Whether what the heartbeat says runs may be held against what is believed to run. */
  boolean ofNow(MachineHeartbeat beat, long now) {
    LateHeartbeatDetector.Freshness freshness =
        lateHeartbeatDetector.judge(beat.agentTime(), TimeUnit.NANOSECONDS.toMillis(now));
    if (freshness == LateHeartbeatDetector.Freshness.AT_LAST) {
      sightings = Set.of();
    }
    return freshness != LateHeartbeatDetector.Freshness.LATE;
  }

  /** Another session has another clock, as far as is known. */
  void speaksFor(String newSession) {
    if (!newSession.equals(session)) {
      lateHeartbeatDetector = new LateHeartbeatDetector();
    }
    session = newSession;
  }

  /** What another node has heard of it; older news than this node's own changes nothing. */
  void heardElsewhere(MachineHeard heard, TimeSource time) {
    long at = time.nanos() - TimeUnit.MILLISECONDS.toNanos(heard.agoMillis());
    if (at - heardAt < 0) {
      return;
    }
    heardAt = at;
    seenAt = time.now().minusMillis(heard.agoMillis());
    if (heard.session() == null) {
      session = null;
    } else {
      speaksFor(heard.session());
    }
    load = heard.load();
    diskFree = heard.diskFree();
    leaving = heard.leaving();
  }

  /** True when another node has written that it heard the machine after this one knew of. */
  boolean seenElsewhere(Machine written) {
    return written.presence() == MachinePresence.ONLINE
        && !Objects.equals(millis(written.lastSeenAt()), millis(machine().lastSeenAt()));
  }

  /** As the store keeps times. */
  private static Instant millis(Instant at) {
    return at == null ? null : at.truncatedTo(ChronoUnit.MILLIS);
  }

  MachineHeard asHeard(long now) {
    long ago = Math.max(0, TimeUnit.NANOSECONDS.toMillis(now - heardAt));
    return new MachineHeard(machine().id(), session, ago, load, diskFree, leaving);
  }

  boolean loadWorthSaying(long now, Duration pause) {
    boolean paused = announcedAt != null && now - announcedAt < pause.toNanos();
    return Math.abs(load - announcedLoad) >= LOAD_STEP && !paused;
  }

  /** True when the store has not been told for so long that the machine is there. */
  boolean worthStoring(long now, Duration pause) {
    return storedAt == null || now - storedAt > pause.toNanos();
  }

  void stores(long now) {
    storedAt = now;
  }

  void announced(long now) {
    announcedAt = now;
    announcedLoad = load;
  }

  /** Its ticker stood still: its heartbeats seem late from now on, and are not. */
  void slept() {
    lateHeartbeatDetector = new LateHeartbeatDetector();
  }

  /** A message of the machine has come, or is as good as come. */
  void isHeard(TimeSource time) {
    heardAt = time.nanos();
    seenAt = time.now();
  }

  /**
   * What is left of the breaker's quarantine, zero or less when it is over; null when there is
   * none. It has its whole length from when this node saw it come; one that was there before has
   * what is left by the wall clock, at most all.
   */
  Duration quarantineLeft(TimeSource time) {
    long now = time.nanos();
    if (!MachineCircuitBreaker.own(machine())) {
      quarantine = 0;
    } else if (quarantine != machine().quarantines()) {
      Duration left = Duration.between(time.now(), machine().quarantinedUntil());
      Duration whole = MachineCircuitBreaker.length(machine().quarantines() - 1);
      quarantine = machine().quarantines();
      quarantineEnd = now + (watched || left.compareTo(whole) > 0 ? whole : left).toNanos();
    }
    watched = true;
    return quarantine == 0 ? null : Duration.ofNanos(quarantineEnd - now);
  }
}
