/**
 * Calls by forges: whether they are genuine, what they say, and what they start. Knows no HTTP
 * server and no store.
 */
package io.cta.server.hooks;
