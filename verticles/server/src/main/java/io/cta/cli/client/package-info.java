/**
 * Talks to a server over REST: requests and their retries, error answers and their exit codes. Not
 * responsible for any command.
 */
package io.cta.cli.client;
