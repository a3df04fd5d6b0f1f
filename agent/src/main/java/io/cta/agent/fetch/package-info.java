/**
 * Fetches the inputs of a suite into the workspace, through a cache. Runs no tests; a failure to
 * fetch is never a test's failure.
 */
package io.cta.agent.fetch;
