/**
 * Asks a server over REST: requests with their retries, problems with their exit codes. Knows no
 * command.
 */
package io.cta.cli.client;
