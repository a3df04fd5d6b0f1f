/**
 * Who is asking, and whether they may: one resolver of credentials for REST, the live feed and the
 * agents' link, and one decision about roles. Transports hand over their request or the token of a
 * frame. Tokens, sessions and passwords themselves are checked by {@code security}, through the
 * ports here. An attempt of a task has no credential on this server: its fencing token is no proof
 * of who is asking, and the token that tests see is their agent's.
 */
package io.cta.server.access;
