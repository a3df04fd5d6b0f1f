/**
 * Keeps the files that tests left behind: receives them from agents, stores each content once, and
 * removes what nothing refers to any more. Knows nothing of HTTP routes.
 */
package io.cta.server.artifacts;
