/**
 * Hands out the messages of queues in this process to their subscribers in turn, each up to its
 * prefetch, in batches across contexts. For brokers whose queues are in this process. Not
 * responsible for where messages come from or what settling does: that is up to their {@link
 * io.cta.broker.handout.DeliverySource}.
 */
package io.cta.broker.handout;
