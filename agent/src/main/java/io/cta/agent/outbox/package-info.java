/**
 * Sends to the server what the journal and the output hold, again and again until it is confirmed.
 * Stores nothing itself.
 */
package io.cta.agent.outbox;
