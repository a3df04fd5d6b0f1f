package io.cta.server.executions;

import io.cta.domain.Repository;
import io.cta.domain.Test;
import io.cta.domain.TestSuite;
import io.cta.error.ServiceFailure;
import java.util.List;

/**
 * Refuses fields that the contract allows but nothing implements yet, and inputs that could never
 * be fetched: better to refuse a suite than to do less than it says. Pure.
 */
public final class UnsupportedFeatureCheck {
  private UnsupportedFeatureCheck() {}

  /** Throws INVALID, naming the field. */
  public static void check(TestSuite suite) {
    if (!suite.outputs().isEmpty()) {
      throw ServiceFailure.invalid("outputs", "are not kept yet: leave them out");
    }
    List<Repository> inputs = suite.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      check("inputs[" + i + "]", inputs.get(i));
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

  private static void check(String field, Repository input) {
    switch (input.type()) {
      case "s3" -> throw ServiceFailure.invalid(field + ".type", "s3 is not supported yet");
      case "maven" -> required(field + ".artifact", input.artifact());
      case "local" -> required(field + ".path", input.path());
      case "git", "http" -> required(field + ".url", input.url());
      default -> {} // the contract allows no other
    }
  }

  private static void required(String field, String value) {
    if (value == null || value.isBlank()) {
      throw ServiceFailure.invalid(field, "is required");
    }
  }
}
