package io.cta.server.executions;

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
      throw ServiceFailure.invalid("outputs", "are not built yet: leave them out");
    }
  }
}
