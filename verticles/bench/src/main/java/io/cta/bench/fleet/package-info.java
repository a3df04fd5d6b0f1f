/**
 * Starts the shipped jars as processes and has a client of the server's API, for the fault runner
 * and the end-to-end tests. Measures nothing and judges nothing.
 */
package io.cta.bench.fleet;
