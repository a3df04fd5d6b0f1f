package io.cta.agent.run;

import io.cta.domain.Test;

/**
 * A test while it runs.
 *
 * @param index its place in the task
 * @param token by which its processes report; invalid once it is over
 * @param refused its results that the result API refused
 */
record RunningTest(Test test, int index, String token, RefusedResults refused) {
  RunningTest(Test test, int index) {
    this(test, index, TestTokenGenerator.next(), new RefusedResults());
  }
}
