package io.cta.bench;

/**
 * An execution of a filled store, and what narrows the list of its statuses to some of them.
 *
 * @param nextPage where the second page of its statuses begins, or null when there is none
 */
record SeededRun(String id, String testId, String machineId, String nextPage) {}
