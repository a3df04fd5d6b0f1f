/**
 * How an execution comes to be: the scenario with all it names is read, flattened into a snapshot
 * and stored. Shared by whoever starts executions (the API, schedules, after-handlers); what
 * happens to an execution later is not its business.
 */
package io.cta.server.executions;
