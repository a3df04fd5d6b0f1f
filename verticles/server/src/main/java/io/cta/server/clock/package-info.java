/**
 * Detects that this server's wall clock was set, logs it once and announces it, so that the owners
 * of stored future times write them anew. Changes no stored time itself; running timers do not
 * depend on it.
 */
package io.cta.server.clock;
