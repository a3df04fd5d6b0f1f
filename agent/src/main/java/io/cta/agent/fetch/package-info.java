/**
 * Brings the inputs of a suite into the workspace, through a cache. Failures are the
 * infrastructure's, never the test's.
 */
package io.cta.agent.fetch;
