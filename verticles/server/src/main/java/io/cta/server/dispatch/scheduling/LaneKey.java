package io.cta.server.dispatch.scheduling;

/**
 * What the waiting executions of one {@link WaitingLane} have in common.
 *
 * @param bound true when each of their tasks waits for a machine of its own
 */
record LaneKey(int priority, String group, MachineCriteria criteria, boolean bound) {}
