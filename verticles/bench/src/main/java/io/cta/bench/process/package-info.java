/**
 * Holds what several measurements share: the server as a process, readers of what a process has
 * used, and figures with their medians. Knows no particular measurement.
 */
package io.cta.bench.process;
