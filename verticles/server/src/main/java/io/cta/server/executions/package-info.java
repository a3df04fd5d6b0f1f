/**
 * Creates executions: reads the scenario with all it refers to, flattens it into a snapshot and
 * stores it. Used by all that start executions (the API, schedules, after-handlers). Does not run,
 * change or end an execution.
 */
package io.cta.server.executions;
