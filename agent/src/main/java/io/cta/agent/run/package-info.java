/**
 * Runs one attempt of a task, stage by stage, on a thread of its own, and judges what came of it.
 * Blocking by design; never called on an event loop.
 */
package io.cta.agent.run;
