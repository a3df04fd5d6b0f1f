/**
 * Measures the product: executions end to end through the real server with simulated agents on real
 * links, and the brokers by themselves. Prints what it measured with versions, settings and
 * machine; judges nothing.
 */
package io.cta.bench;
