/**
 * Computes the state, result and counts of an execution from its tasks, stores and announces them.
 * Changes nothing else of an execution, and never a task.
 */
package io.cta.server.aggregation;
