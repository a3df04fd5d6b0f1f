/**
 * Reads agents' events from the broker's event queues, asks the responsible service, and confirms a
 * message to the broker only when that service has answered. Says whose an event is, so that no
 * service looks for it in the payload; decides nothing else about the content of a message.
 */
package io.cta.server.ingress;
