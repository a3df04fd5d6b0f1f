package io.cta.agent.run;

import io.cta.domain.Result;
import io.cta.domain.StatusSource;

/**
 * A result that the agent itself adds to those that the test reported.
 *
 * @param name null for the test as a whole, else a case of its own, so that it never replaces what
 *     the test reported
 */
record TestResult(String name, Result result, StatusSource source, String reason, String message) {}
