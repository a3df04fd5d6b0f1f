/**
 * Creates, reads, updates and deletes what people define: scenarios, suites, tests, configurations,
 * schedules, groups, machines and users, one by one or as a batch that is applied as a whole.
 * Checks what the contract cannot express: names, references, cron rules. Starts nothing.
 */
package io.cta.server.api.definitions;
