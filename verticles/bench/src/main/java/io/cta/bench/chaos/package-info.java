/**
 * Runs executions on a real fleet, kills, pauses and restarts its parts by a seeded plan, and has
 * the history judged afterwards. Linux only, as it reads the process table.
 */
package io.cta.bench.chaos;
