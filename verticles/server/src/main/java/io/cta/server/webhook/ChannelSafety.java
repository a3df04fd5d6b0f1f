package io.cta.server.webhook;

import io.cta.server.outgoing.AddressGuard;

/**
 * What channels are checked against and kept with.
 *
 * @param addresses which addresses may be called
 * @param sendsMail whether this server has a mail server
 */
public record ChannelSafety(ChannelKeys keys, AddressGuard addresses, boolean sendsMail) {}
