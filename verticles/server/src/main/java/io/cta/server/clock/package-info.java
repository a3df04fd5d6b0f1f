/**
 * Notices that this server's wall clock was set, says so once, and has what is stored of times to
 * come written anew by whoever keeps it. Nothing that runs depends on it.
 */
package io.cta.server.clock;
