/** Serves badges and feeds to programs that cannot log in, at addresses that nobody can guess. */
package io.cta.server.api.links;
