package io.cta.server.dispatch.scheduling;

import io.cta.domain.Health;
import io.cta.domain.Machine;
import io.cta.domain.MachinePresence;
import java.time.Duration;
import java.util.Comparator;

/** A machine as the scheduler sees it. Event loop of its verticle only. */
public final class FleetMachine {
  /** After the first task that it turns down; doubled with each further one. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 6;

  private static final Comparator<FleetMachine> UNBROKEN_FIRST =
      Comparator.comparing(m -> m.machine.failuresInRow() > 0);

  private static final Comparator<Long> LATEST_FIRST =
      Comparator.nullsLast((a, b) -> Long.signum(b - a));

  private static final Comparator<FleetMachine> LIGHTEST_FIRST =
      Comparator.<FleetMachine, Long>comparing(m -> Math.max(0, Math.round(m.load)))
          .thenComparing(m -> m.succeededAt, LATEST_FIRST)
          .thenComparing(m -> m.machine.name())
          .thenComparing(FleetMachine::id);

  /** Unbroken before broken, then the free-est, the least loaded, the last one that succeeded. */
  static final Comparator<Offer> BEST_FIRST =
      Comparator.comparing(Offer::machine, UNBROKEN_FIRST)
          .thenComparing(Offer::free, Comparator.reverseOrder())
          .thenComparing(Offer::machine, LIGHTEST_FIRST);

  /** A machine with the free slots it had when it was looked at. */
  record Offer(FleetMachine machine, int free) {}

  private final String id;
  public Machine machine;
  long version;
  double load = -1;
  boolean leaving;

  /** When it last finished a task, by the ticker; null while it has not. */
  Long succeededAt;

  /** Until when it is offered nothing, by the ticker; or null. */
  private Long pausedUntil;

  private int declines;
  private int used;

  FleetMachine(Machine machine) {
    this.id = machine.id();
    this.machine = machine;
  }

  public String id() {
    return id;
  }

  String name() {
    return machine.name();
  }

  Offer offer() {
    return new Offer(this, free());
  }

  int free() {
    return machine.slots() - used;
  }

  void use(int slots) {
    used += slots;
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

  /** It just turned a task down: nothing for it for a while, and longer each time. */
  void declined(long now) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(declines++, MOST_DOUBLINGS));
    pausedUntil = now + (pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE).toNanos();
  }

  /** It took a task, or has come anew. */
  public void accepts() {
    declines = 0;
    pausedUntil = null;
  }

  boolean paused(long nanos) {
    return pausedUntil != null && nanos - pausedUntil < 0;
  }
}
