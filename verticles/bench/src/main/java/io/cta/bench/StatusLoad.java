package io.cta.bench;

import java.util.OptionalInt;

/**
 * How many statuses are reported, and by whom.
 *
 * @param cases statuses of one execution, which is one task
 * @param atOnce executions in flight
 * @param warmUp statuses before; empty for as many as it takes until the rate stands still
 */
record StatusLoad(int agents, int slots, int cases, int statuses, int atOnce, OptionalInt warmUp) {
  /** How many executions have at least so many statuses. */
  int executions(int count) {
    return (count + cases - 1) / cases;
  }

  /** Statuses that are counted: those of whole executions. */
  int counted() {
    return executions(statuses) * cases;
  }
}
