package io.cta.server.dispatch.scheduling;

import java.util.Comparator;

/**
 * Where a machine stood when it was looked at. A sorted set holds ranks instead of machines: they
 * never change, so the set stays in order while the machines change.
 *
 * @param free slots
 * @param load rounded, 0 when unknown
 * @param succeededAt when it last finished a task, by the ticker; null while it has not
 */
record MachineRank(
    FleetMachine machine,
    MachineStanding standing,
    String name,
    boolean broken,
    int free,
    long load,
    Long succeededAt) {
  static final Comparator<MachineRank> BY_NAME =
      Comparator.comparing(MachineRank::name).thenComparing(rank -> rank.machine.id());

  private static final Comparator<Long> LATEST_FIRST =
      Comparator.nullsLast((a, b) -> Long.signum(b - a));

  /** Unbroken before broken, then the free-est, the least loaded, the last one that succeeded. */
  static final Comparator<MachineRank> BEST_FIRST =
      Comparator.comparing(MachineRank::broken)
          .thenComparing(MachineRank::free, Comparator.reverseOrder())
          .thenComparing(MachineRank::load)
          .thenComparing(MachineRank::succeededAt, LATEST_FIRST)
          .thenComparing(BY_NAME);
}
