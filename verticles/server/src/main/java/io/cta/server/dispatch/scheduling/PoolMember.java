package io.cta.server.dispatch.scheduling;

/** A machine as one pool has it filed. */
final class PoolMember {
  final MachinePool pool;
  final FleetMachine machine;

  /** The rank under which the pool has it; null while it has it under none. */
  MachineRank filed;

  /** True while the pool knows that the machine may have changed since. */
  boolean stale;

  PoolMember(MachinePool pool, FleetMachine machine) {
    this.pool = pool;
    this.machine = machine;
  }
}
