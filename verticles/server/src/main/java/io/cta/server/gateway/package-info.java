/**
 * The agents' entry to the server: authenticates them, keeps one live session per machine and uses
 * the broker on their behalf, by the protocol that {@code io.cta.broker.websocket} describes.
 * Forwards messages as bytes; does not interpret them, and does not decide what happens to a
 * machine whose connection is gone. Event loop of the HTTP server only.
 */
package io.cta.server.gateway;
