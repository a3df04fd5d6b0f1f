package io.cta.bench;

import java.util.OptionalInt;

/**
 * The load of a measurement of statuses.
 *
 * @param cases statuses of one execution, which is one task
 * @param atOnce executions in flight
 * @param warmUp statuses before those that count; empty to go on until the rate is steady
 */
record StatusLoad(int agents, int slots, int cases, int statuses, int atOnce, OptionalInt warmUp) {
  /** Returns how many executions it takes to report at least {@code count} statuses. */
  int executions(int count) {
    return (count + cases - 1) / cases;
  }

  /** Returns how many statuses the executions of the measured round report. */
  int counted() {
    return executions(statuses) * cases;
  }
}
