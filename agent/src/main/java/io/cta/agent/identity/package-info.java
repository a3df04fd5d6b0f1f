/**
 * The agent's identity: its locked data directory, the enrolment, the renewal of its token. Opens
 * no link, and knows nothing of tasks.
 */
package io.cta.agent.identity;
