/** Letters about the end of an execution: what changed, and how it is written. Sends nothing. */
package io.cta.server.notify.mail;
