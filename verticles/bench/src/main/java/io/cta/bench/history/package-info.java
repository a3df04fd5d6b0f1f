/**
 * Judges what has happened: compares what the store has, what test processes wrote and what agents
 * and servers logged, and finds every breach of the invariants. Pure.
 */
package io.cta.bench.history;
