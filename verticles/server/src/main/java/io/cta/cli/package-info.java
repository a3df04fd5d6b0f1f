/**
 * The commands that talk to a server over REST: apply, run, cancel, executions, machines, log, and
 * the driver of {@code ./cta demo}. They run in a process of their own, so they may block. Not
 * responsible for anything inside the server: they know its REST contract only.
 */
package io.cta.cli;
