package io.cta.agent.run;

import io.cta.domain.Result;
import io.cta.domain.StatusSource;

/**
 * What the agent itself says of a test, beside what the test's own reports say.
 *
 * @param name null for the test as a whole, else a case of its own: so that it never takes the
 *     place of what the test said
 */
record TestResult(String name, Result result, StatusSource source, String reason, String message) {}
