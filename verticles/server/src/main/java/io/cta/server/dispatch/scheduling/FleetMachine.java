package io.cta.server.dispatch.scheduling;

import io.cta.domain.Health;
import io.cta.domain.Machine;
import io.cta.domain.MachinePresence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A machine as the scheduler sees it. Event loop of its verticle only. */
public final class FleetMachine {
  /** Hears of changes of a machine. */
  interface Observer {
    /** The machine no longer has the rank {@code before}. */
    void ranked(FleetMachine machine, MachineRank before);

    /** The machine rests until this ticker time in nanoseconds. */
    void paused(FleetMachine machine, long until);
  }

  /** The pause after the first task that a machine declines; each further one doubles it. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 6;

  /** Its entries in the pools whose criteria it matches. */
  final List<PoolMember> memberships = new ArrayList<>(0);

  private final String id;
  private final Observer observer;
  Machine machine;
  long version;
  boolean leaving;
  private double load = -1;

  /** Ticker time in nanoseconds when it last finished a task; null while it has not. */
  private Long succeededAt;

  /** Ticker time in nanoseconds until when it is offered no task; null while it is. */
  private Long pausedUntil;

  private int declines;
  private int used;
  private MachineRank rank;

  FleetMachine(Machine machine, int used, Observer observer) {
    this.id = machine.id();
    this.machine = machine;
    this.used = used;
    this.observer = observer;
    this.rank = rankNow();
  }

  public String id() {
    return id;
  }

  String name() {
    return machine.name();
  }

  /** Its rank among machines; the same instance until that changes. */
  MachineRank rank() {
    return rank;
  }

  MachineStanding standing() {
    return rank.standing();
  }

  public boolean online() {
    return machine.presence() == MachinePresence.ONLINE;
  }

  /** True when it would take tasks if it had slots. */
  public boolean takes() {
    return online() && machine.health() == Health.ACTIVE && !leaving && machine.trouble() == null;
  }

  boolean open() {
    return takes() && free() > 0;
  }

  boolean paused(long nanos) {
    return pausedUntil != null && nanos - pausedUntil < 0;
  }

  void said(Machine now, long nowVersion, double nowLoad, boolean nowLeaving) {
    machine = now;
    version = nowVersion;
    load = nowLoad;
    leaving = nowLeaving;
    changed();
  }

  void use(int slots) {
    used += slots;
    changed();
  }

  /** It declined a task: it is offered none for a while, longer each time. */
  void declined(long now) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(declines++, MOST_DOUBLINGS));
    pausedUntil = now + (pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE).toNanos();
    observer.paused(this, pausedUntil);
    changed();
  }

  /** It took a task or came online: its pause ends. */
  public void accepts() {
    declines = 0;
    pausedUntil = null;
    changed();
  }

  /** Ends its pause if that is over. */
  void rest(long now) {
    if (pausedUntil != null && !paused(now)) {
      pausedUntil = null;
      changed();
    }
  }

  /** It finished a task at this ticker time in nanoseconds. */
  void succeeded(long now) {
    succeededAt = now;
    changed();
  }

  private int free() {
    return machine.slots() - used;
  }

  private void changed() {
    MachineRank now = rankNow();
    if (!now.equals(rank)) {
      MachineRank before = rank;
      rank = now;
      observer.ranked(this, before);
    }
  }

  private MachineRank rankNow() {
    return new MachineRank(
        this,
        standingNow(),
        machine.name(),
        machine.failuresInRow() > 0,
        free(),
        Math.max(0, Math.round(load)),
        succeededAt);
  }

  private MachineStanding standingNow() {
    if (!online()) {
      return MachineStanding.OFFLINE;
    }
    if (!takes()) {
      return MachineStanding.UNWILLING;
    }
    if (free() <= 0) {
      return MachineStanding.BUSY;
    }
    return pausedUntil == null ? MachineStanding.OPEN : MachineStanding.RESTING;
  }
}
