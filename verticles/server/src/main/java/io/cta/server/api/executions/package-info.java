/**
 * Executions over REST: start, list, read, cancel, repeat and pin them, with their tasks, statuses
 * and logs. What becomes of an execution is decided elsewhere.
 */
package io.cta.server.api.executions;
