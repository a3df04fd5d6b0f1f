/**
 * Reads the output of attempts from the server, at once or as it grows, and passes it on as bytes
 * or as text. Not responsible for commands.
 */
package io.cta.cli.log;
