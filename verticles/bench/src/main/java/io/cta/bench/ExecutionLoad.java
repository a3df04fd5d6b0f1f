package io.cta.bench;

import java.util.OptionalInt;

/**
 * How much is asked of a server.
 *
 * @param tests in the suite
 * @param executions under load
 * @param single executions one by one
 * @param warmUp executions before; empty for as many as it takes until the rate stands still
 * @param labelled true when executions name the label of the machines that they may use
 * @param idle further machines that are connected and have another label
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
