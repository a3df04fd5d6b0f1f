/**
 * Stores what agents report of their tasks and completes tasks: the only part that ends one.
 * Confirms an event once it is stored. Knows nothing of brokers, of the presence of machines or of
 * the state of executions.
 */
package io.cta.server.tracking;
