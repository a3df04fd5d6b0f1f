/**
 * Who may ask what: lets a request through by its token or session, answers login, logout, tokens,
 * users' passwords and the enrolment of machines. The rules themselves are in
 * io.cta.server.security.
 */
package io.cta.server.api.access;
