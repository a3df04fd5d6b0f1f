package io.cta.server.registration;

import io.cta.bus.MachineHeard;
import io.cta.domain.AttemptRef;
import io.cta.domain.Machine;
import io.cta.domain.MachinePresence;
import io.cta.domain.Task;
import io.cta.message.MachineHeartbeat;
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

/**
 * State of a machine in memory: its document, its agent's session and what the last messages said.
 * Event loop of its verticle only.
 */
final class MachineSession {
  private static final double LOAD_STEP = 0.1;

  VersionedEntity<Machine> versionedEntity;

  /** Id of the agent's session; null while there is none. */
  String session;

  /** When it was last heard, by the ticker in nanoseconds; its silence counts from there. */
  long heardAt;

  /** The same by the wall clock, for people. */
  Instant seenAt;

  double load = -1;
  long diskFree = -1;
  boolean leaving;
  Set<AttemptRef> sightings = Set.of();

  /**
   * When the other nodes were asked for it, by the ticker in nanoseconds; null if they were not.
   */
  Long askedAt;

  final MachineNotices notices = new MachineNotices();

  /** Number of failed attempts blamed on it since it was last heard. */
  int blamedWhileSilent;

  /** Tasks given up since it was last heard. */
  final List<Task> lostWhileSilent = new ArrayList<>();

  private LateHeartbeatDetector lateHeartbeatDetector = new LateHeartbeatDetector();
  private double announcedLoad = -1;
  private Long announcedAt;
  private Long storedAt;
  private boolean observed;
  private int quarantine;
  private long quarantineEndNanos;

  /**
   * @param now ticker time in nanoseconds from which its silence counts
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

  /** The document with the current notices; the same instance if it already has them. */
  Machine withNotices(Machine m, TimeSource time) {
    List<String> texts = new ArrayList<>(notices.texts(m.notices(), time.nanos()));
    texts.addAll(MachineNaming.current(m));
    texts.addAll(DuplicateIdentityNotice.current(m, time.now()));
    return texts.equals(m.notices()) ? m : new MachineEdit(m).notices(texts).done();
  }

  /** True when the machine has another session that was heard within the lease. */
  boolean takenBy(String other, long now, Duration lease) {
    return session != null && !session.equals(other) && online() && !silent(now, lease);
  }

  /** Records a heartbeat; answers whether it must be announced at once. */
  boolean heard(MachineHeartbeat beat, TimeSource time) {
    markHeard(time);
    load = beat.load();
    diskFree = beat.diskFree();
    boolean leavingChanged = leaving != beat.leaving();
    leaving = beat.leaving();
    return leavingChanged;
  }

  /** Whether the heartbeat is current, so that its tasks may be compared with the known ones. */
  boolean isCurrent(MachineHeartbeat beat, long now) {
    LateHeartbeatDetector.Freshness freshness =
        lateHeartbeatDetector.classify(beat.agentTime(), TimeUnit.NANOSECONDS.toMillis(now));
    if (freshness == LateHeartbeatDetector.Freshness.CAUGHT_UP) {
      sightings = Set.of();
    }
    return freshness != LateHeartbeatDetector.Freshness.LATE;
  }

  /** Sets the session; a new session may have another clock. */
  void setSession(String newSession) {
    if (!newSession.equals(session)) {
      lateHeartbeatDetector = new LateHeartbeatDetector();
      session = newSession;
    }
  }

  /** Takes over what another node has heard of it, unless this node has heard it later. */
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
      setSession(heard.session());
    }
    load = heard.load();
    diskFree = heard.diskFree();
    leaving = heard.leaving();
  }

  /** True when another node has stored that it heard the machine, which this node did not know. */
  boolean seenElsewhere(Machine written) {
    return written.presence() == MachinePresence.ONLINE
        && !Objects.equals(millis(written.lastSeenAt()), millis(machine().lastSeenAt()));
  }

  /** Rounds down to milliseconds, as the store does. */
  private static Instant millis(Instant at) {
    return at == null ? null : at.truncatedTo(ChronoUnit.MILLIS);
  }

  MachineHeard asHeard(long now) {
    long ago = Math.max(0, TimeUnit.NANOSECONDS.toMillis(now - heardAt));
    return new MachineHeard(machine().id(), session, ago, load, diskFree, leaving);
  }

  boolean shouldAnnounceLoad(long now, Duration pause) {
    boolean paused = announcedAt != null && now - announcedAt < pause.toNanos();
    return Math.abs(load - announcedLoad) >= LOAD_STEP && !paused;
  }

  /** True when the machine's last-seen time has not been stored for longer than the pause. */
  boolean shouldStore(long now, Duration pause) {
    return storedAt == null || now - storedAt > pause.toNanos();
  }

  void markStored(long now) {
    storedAt = now;
  }

  void announced(long now) {
    announcedAt = now;
    announcedLoad = load;
  }

  /** Called after a suspension: from now on its heartbeats would wrongly seem late. */
  void suspended() {
    lateHeartbeatDetector = new LateHeartbeatDetector();
  }

  /** Restarts the silence: a message of the machine has arrived here or at another node. */
  void markHeard(TimeSource time) {
    heardAt = time.nanos();
    seenAt = time.now();
  }

  /**
   * Time left of the breaker's quarantine, zero or less when it is over; null when there is none. A
   * quarantine whose start this node has seen is measured by the ticker from then on. For an older
   * one the wall clock tells what is left, at most its whole length.
   */
  Duration quarantineLeft(TimeSource time) {
    long now = time.nanos();
    if (!MachineCircuitBreaker.ownsQuarantine(machine())) {
      quarantine = 0;
    } else if (quarantine != machine().quarantines()) {
      Duration left = Duration.between(time.now(), machine().quarantinedUntil());
      Duration whole = MachineCircuitBreaker.length(machine().quarantines() - 1);
      quarantine = machine().quarantines();
      quarantineEndNanos = now + (observed || left.compareTo(whole) > 0 ? whole : left).toNanos();
    }
    observed = true;
    return quarantine == 0 ? null : Duration.ofNanos(quarantineEndNanos - now);
  }
}
