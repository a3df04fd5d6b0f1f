/**
 * Which task goes to which machine, and when: plans executions into tasks, releases tasks to the
 * broker's queues as slots come free, says why the others wait, carries out cancels and sweeps
 * stored deadlines. Decisions are in {@link io.cta.server.dispatch.scheduling.ExecutionPlanner},
 * {@link io.cta.server.dispatch.scheduling.TaskScheduler} and {@link
 * io.cta.server.dispatch.scheduling.WaitReasons}; the rest carries them out. Does not judge
 * results, complete tasks or keep machine documents.
 */
package io.cta.server.dispatch;
