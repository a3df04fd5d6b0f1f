/**
 * Takes what agents say from the broker's event queues, asks the service that is responsible, and
 * lets the broker forget a message only when that service has answered. Decides nothing about the
 * content of a message.
 */
package io.cta.server.ingress;
