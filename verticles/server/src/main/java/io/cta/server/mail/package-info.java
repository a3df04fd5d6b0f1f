/**
 * E-mail: addresses, and how one letter is brought to a mail server. Knows nothing of executions.
 */
package io.cta.server.mail;
