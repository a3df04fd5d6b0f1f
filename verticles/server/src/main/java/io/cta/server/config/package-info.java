/**
 * The server's configuration: its keys, where values come from, and all faults reported at once.
 * Reads one file and the environment it is given; does not depend on the parts that use the values.
 */
package io.cta.server.config;
