/**
 * Folds the tasks of an execution into its state, result and counts, stores that and announces it.
 * Changes nothing else of an execution, and never a task.
 */
package io.cta.server.aggregation;
