/**
 * Starts processes as leaders of their own session, finds the trees of processes that they grow,
 * and ends these as a whole. Knows nothing of tests.
 */
package io.cta.agent.process;
