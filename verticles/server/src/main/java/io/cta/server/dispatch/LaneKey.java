package io.cta.server.dispatch;

/**
 * What waiting runs have in common that take turns by age alone.
 *
 * @param bound true when each of their tasks waits for a machine of its own
 */
record LaneKey(int priority, String group, Criteria criteria, boolean bound) {}
