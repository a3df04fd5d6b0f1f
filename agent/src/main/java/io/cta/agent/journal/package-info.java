/**
 * What the agent must keep when it is killed: the attempts it took, how far they came, what the
 * server has not confirmed yet. Knows nothing of how tests run or how messages travel.
 */
package io.cta.agent.journal;
