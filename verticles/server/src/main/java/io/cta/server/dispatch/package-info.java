/**
 * Brings tasks to machines: plans executions, releases tasks to the broker's queues as slots come
 * free, says why the others wait, carries out cancels and ends what has no time left. {@link
 * io.cta.server.dispatch.scheduling} and {@link io.cta.server.dispatch.DispatchReactions} decide;
 * the rest carries it out. Does not judge results, complete tasks or keep machine documents.
 */
package io.cta.server.dispatch;
