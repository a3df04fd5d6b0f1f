/**
 * Where agents connect: authenticates them, keeps one live session per machine and speaks to the
 * broker on their behalf, by the protocol that {@code io.cta.broker.websocket} describes. Passes
 * messages on as bytes; not responsible for what they mean, nor for what becomes of a machine whose
 * connection is gone. Event loop of the HTTP server only.
 */
package io.cta.server.gateway;
