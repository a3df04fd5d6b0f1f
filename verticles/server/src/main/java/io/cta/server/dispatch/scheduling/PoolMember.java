package io.cta.server.dispatch.scheduling;

/** A machine in one pool. */
final class PoolMember {
  final MachinePool pool;
  final FleetMachine machine;

  /** The rank under which the pool has sorted it; null before that. */
  MachineRank filed;

  /** True when the machine has changed since the pool sorted it. */
  boolean stale;

  PoolMember(MachinePool pool, FleetMachine machine) {
    this.pool = pool;
    this.machine = machine;
  }
}
