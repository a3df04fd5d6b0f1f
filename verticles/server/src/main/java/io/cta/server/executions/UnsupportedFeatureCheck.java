package io.cta.server.executions;

import io.cta.domain.Test;
import io.cta.domain.TestSuite;
import io.cta.error.ServiceFailure;

/**
 * Refuses fields that the contract allows but nothing implements yet: better to refuse a suite than
 * to do less than it says. Pure.
 */
public final class UnsupportedFeatureCheck {
  private UnsupportedFeatureCheck() {}

  /** Throws INVALID, naming the field. */
  public static void check(TestSuite suite) {
    if (!suite.outputs().isEmpty()) {
      throw ServiceFailure.invalid("outputs", "are not kept yet: leave them out");
    }
    for (int i = 0; i < suite.tests().size(); i++) {
      Test test = suite.tests().get(i).test();
      if (test != null) {
        check("tests[" + i + "].", test);
      }
    }
  }

  /**
   * @param prefix of the test's fields
   */
  public static void check(String prefix, Test test) {
    if (!test.artifacts().isEmpty()) {
      throw ServiceFailure.invalid(prefix + "artifacts", "are not kept yet: leave them out");
    }
  }
}
