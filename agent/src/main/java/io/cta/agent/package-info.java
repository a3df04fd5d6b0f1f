/**
 * The agent program: its options, its start, its end. Wires the other packages together; what they
 * do is in them.
 */
package io.cta.agent;
