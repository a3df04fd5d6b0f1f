/**
 * What the agent must not forget when it is killed: attempts taken, how far they came, what the
 * server has not confirmed yet. Knows nothing of how tests run or how messages travel.
 */
package io.cta.agent.journal;
