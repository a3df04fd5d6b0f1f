/** What the agent finds out about its machine. */
package io.cta.agent.machine;
