/**
 * What credentials are checked against: tokens, passwords, browser sessions, the first
 * administrator. Reads no request and decides no role; {@code access} does both.
 */
package io.cta.server.security;
