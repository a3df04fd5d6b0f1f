/**
 * The messages between server and agents that travel through brokers: envelopes, payloads, queue
 * names. Sends and receives nothing.
 */
package io.cta.message;
