/**
 * Signed messages to programs of the users, by the specification Standard Webhooks
 * (https://github.com/standard-webhooks/standard-webhooks): the keys, how they are stored, and the
 * signature. Sends nothing.
 */
package io.cta.server.webhook;
