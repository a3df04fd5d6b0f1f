/**
 * The fault runner: executions on a real fleet, whose parts are killed, paused and restarted by a
 * seeded plan, and a judgement of the history afterwards. Linux only, as it reads the process
 * table.
 */
package io.cta.bench.chaos;
