/**
 * Reads agents' events from the broker's event queues, asks the responsible service, and confirms a
 * message to the broker only when that service has answered. Decides nothing about the content of a
 * message.
 */
package io.cta.server.ingress;
