/**
 * The commands that talk to a server over REST: apply, run, cancel, executions, machines, log, and
 * what {@code ./cta demo} drives. Runs in a process of its own, so it may block. Knows the REST
 * contract and nothing else of the server.
 */
package io.cta.cli;
