/** Who this agent is: its data directory, locked, and the identity the server gave it. */
package io.cta.agent.identity;
