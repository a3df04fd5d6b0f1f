/**
 * Calls to addresses that people have written into definitions. Keeps such a call from reaching
 * what only the server can reach: addresses are parsed strictly, resolved anew for each call, and
 * only addresses that were checked are connected to. Knows nothing of what is sent.
 */
package io.cta.server.outgoing;
