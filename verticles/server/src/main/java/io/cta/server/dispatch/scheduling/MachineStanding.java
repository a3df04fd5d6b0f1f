package io.cta.server.dispatch.scheduling;

/** How far a machine is from being offered a task, the farthest first. */
enum MachineStanding {
  OFFLINE,
  /** Online, and takes no tasks: it is about to leave, in trouble, or not active. */
  UNWILLING,
  /** Takes tasks, and has no free slot. */
  BUSY,
  /** Has a free slot, and is offered nothing for a while because it turned a task down. */
  RESTING,
  OPEN
}
