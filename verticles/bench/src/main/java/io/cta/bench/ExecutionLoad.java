package io.cta.bench;

import java.util.OptionalInt;

/**
 * The load of a measurement.
 *
 * @param tests tests of the suite
 * @param executions executions of the round that has many in flight
 * @param single executions of the round that has one in flight
 * @param warmUp executions before those that count; empty to go on until the rate is steady
 * @param labelled whether the scenario selects its machines by a label
 * @param idle connected machines with another label, which the executions do not use
 */
record ExecutionLoad(
    int agents,
    int slots,
    int tests,
    int executions,
    int atOnce,
    int single,
    OptionalInt warmUp,
    boolean labelled,
    int idle) {}
