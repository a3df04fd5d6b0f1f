/**
 * The way in for what agents say: takes envelopes from the broker's event queues, asks the service
 * that is responsible, and lets the broker forget a message only when that service has answered.
 * Decides nothing about their content.
 */
package io.cta.server.bridge;
