/**
 * Checks who may call what: authenticates a request by its token or session, and serves login,
 * logout, tokens, users' passwords, the enrolment of machines and agents' secrets. The rules
 * themselves are in io.cta.server.security.
 */
package io.cta.server.api.access;
