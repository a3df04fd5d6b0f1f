package io.cta.agent.run;

import io.cta.domain.Test;

/**
 * A test while it runs.
 *
 * @param index its place in the task
 * @param token by which its processes report; worth nothing once it is over
 */
record Running(Test test, int index, String token) {}
