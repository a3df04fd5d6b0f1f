/**
 * Reads the output of an attempt from the server, at once or as it grows, and writes it to the
 * terminal as text.
 */
package io.cta.cli.log;
