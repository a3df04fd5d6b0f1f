/** The dashboard in a real browser, against a whole server with an agent on a real link. */
package io.cta.server.dashboard;
