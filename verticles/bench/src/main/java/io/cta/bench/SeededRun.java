package io.cta.bench;

/**
 * An execution of a filled store, with values by which the list of its statuses can be filtered.
 *
 * @param nextPage cursor of the second page of its statuses, or null if there is only one page
 */
record SeededRun(String id, String testId, String machineId, String nextPage) {}
