/**
 * What several measurements share: the server as a process of its own, what a process has used of
 * the machine, and figures with their medians. Knows no particular measurement.
 */
package io.cta.bench.process;
