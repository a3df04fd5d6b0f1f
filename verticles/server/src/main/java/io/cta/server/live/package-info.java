/**
 * The live feed: hears what the other services announce and shows it to everyone who watches, over
 * plain WebSockets at {@code /api/v1/live} and over SockJS at {@code /eventbus}, with the same
 * messages. Outbound only: nothing that a viewer sends reaches the event bus.
 *
 * <p>It is not the record of anything. What a viewer missed it reads by REST, and {@code resync}
 * tells it when; so this package may drop, and never buffers without bound.
 */
package io.cta.server.live;
