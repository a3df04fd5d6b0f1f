package io.cta.server.dispatch.scheduling;

import java.util.Comparator;

/**
 * What machines are sorted by, as it was for one machine at one time. Sorted sets hold ranks
 * instead of machines, because a rank never changes and so the set stays in order.
 *
 * @param broken true when it had infrastructure failures since its last finished task
 * @param free free slots
 * @param load rounded; 0 when unknown
 * @param succeededAt ticker time in nanoseconds when it last finished a task; null while it has not
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

  /**
   * Machines that are not broken first, then the most free slots, the least load, the most recent
   * success.
   */
  static final Comparator<MachineRank> BEST_FIRST =
      Comparator.comparing(MachineRank::broken)
          .thenComparing(MachineRank::free, Comparator.reverseOrder())
          .thenComparing(MachineRank::load)
          .thenComparing(MachineRank::succeededAt, LATEST_FIRST)
          .thenComparing(BY_NAME);
}
