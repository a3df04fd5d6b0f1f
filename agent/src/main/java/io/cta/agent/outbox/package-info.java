/** Tells the server what the journal and the output hold, again and again until it is confirmed. */
package io.cta.agent.outbox;
