package io.cta.server.dispatch.scheduling;

/** Whether a machine can be offered a task, from the farthest to the nearest. */
enum MachineStanding {
  OFFLINE,
  /** It is online, but takes no tasks: it is about to leave, in trouble, or not active. */
  UNWILLING,
  /** It takes tasks, but has no free slot. */
  BUSY,
  /** It has a free slot, but is offered nothing for a while because it declined a task. */
  RESTING,
  OPEN
}
