/** Tests of the dashboard in a real browser, with a whole server and an agent on a real link. */
package io.cta.server.dashboard;
