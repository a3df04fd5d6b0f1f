/**
 * Measures how long a person waits for the script {@code ./cta} until a server is ready or a
 * command has answered. Does not measure what the server does afterwards.
 */
package io.cta.bench.start;
