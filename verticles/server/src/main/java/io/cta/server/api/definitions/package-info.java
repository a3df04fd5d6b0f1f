/**
 * Create, read, update and delete what people define: scenarios, suites, tests, configurations,
 * schedules, groups, machines and users, one by one or as a batch that is applied whole. Checks
 * what the contract cannot say: names, references, cron rules. Starts nothing.
 */
package io.cta.server.api.definitions;
