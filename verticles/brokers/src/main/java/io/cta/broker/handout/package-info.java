/**
 * Handing out the messages of a queue that wait in this process: to its subscribers in turn, each
 * up to its prefetch, in batches across contexts. For brokers whose queues are here; where messages
 * come from and what their settling means is their {@link io.cta.broker.handout.DeliverySource}'s
 * business.
 */
package io.cta.broker.handout;
