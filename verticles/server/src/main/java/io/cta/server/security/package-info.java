/**
 * Who somebody is and what they may do: tokens, passwords, browser sessions, the first
 * administrator. Knows nothing of routes; the parts that speak HTTP ask it.
 */
package io.cta.server.security;
