/**
 * The shipped jars as processes, and a client of the server's API: what the fault runner and the
 * end-to-end tests start, hit and ask. Measures nothing and judges nothing.
 */
package io.cta.bench.fleet;
