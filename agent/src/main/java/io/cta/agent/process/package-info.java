/**
 * Processes and the trees they grow: started as leaders of their own session, found again, ended
 * whole. Knows nothing of tests.
 */
package io.cta.agent.process;
