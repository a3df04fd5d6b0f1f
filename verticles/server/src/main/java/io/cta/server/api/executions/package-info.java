/**
 * Executions over REST: starts, lists, reads, cancels, repeats and pins them, and serves their
 * tasks, statuses and logs. Does not decide how an execution proceeds.
 */
package io.cta.server.api.executions;
