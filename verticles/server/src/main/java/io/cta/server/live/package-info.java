/**
 * The live feed: shows what other services announce to all viewers, over plain WebSockets at {@code
 * /api/v1/live} and over SockJS at {@code /eventbus}, with the same messages. Outbound only:
 * nothing that a viewer sends reaches the event bus.
 *
 * <p>It keeps no record. Viewers read by REST what they missed, and {@code resync} tells them when;
 * so this package may drop messages and never buffers without bound.
 */
package io.cta.server.live;
