/**
 * Judges what has happened: takes what the store knows, what test processes wrote down themselves
 * and what agents and servers logged, and names every breach of the invariants. Pure, but for the
 * readers of files.
 */
package io.cta.bench.history;
