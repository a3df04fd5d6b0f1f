/** What travels through brokers between server and agents: envelopes, payloads, queue names. */
package io.cta.message;
