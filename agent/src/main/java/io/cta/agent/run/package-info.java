/**
 * Runs one attempt of a task, stage by stage, on a thread of its own, and determines the results of
 * its tests. Writes to the journal and does not talk to the server. Blocks by design; never called
 * on an event loop.
 */
package io.cta.agent.run;
