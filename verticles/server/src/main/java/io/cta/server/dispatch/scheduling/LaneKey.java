package io.cta.server.dispatch.scheduling;

/**
 * What waiting runs have in common that take turns by age alone.
 *
 * @param bound true when each of their tasks waits for a machine of its own
 */
record LaneKey(int priority, String group, MachineCriteria criteria, boolean bound) {}
