/**
 * The broker port: how envelopes travel between server and agents. Knows nothing of what they mean.
 * One package for each implementation; only that package sees the broker's client.
 */
package io.cta.broker;
