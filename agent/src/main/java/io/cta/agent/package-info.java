/**
 * The agent program: its options, its start, its registration at the server, its exit. Wires the
 * other packages together; does not run tests, read reports or keep a journal itself.
 */
package io.cta.agent;
