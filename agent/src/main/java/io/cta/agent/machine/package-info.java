/**
 * Finds out about the machine: its facts, tools, name, address and load. Sends nothing to the
 * server itself.
 */
package io.cta.agent.machine;
