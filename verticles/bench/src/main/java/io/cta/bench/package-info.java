/**
 * Measures the product: executions through the real server with simulated agents on real links, and
 * the brokers alone. Prints the figures with versions, settings and machine; judges nothing.
 */
package io.cta.bench;
