package io.cta.server.executions;

import io.cta.domain.Repository;
import io.cta.domain.RepositoryRules;

/**
 * Applies the rules of inputs and outputs to those of a suite. A text that still has a parameter is
 * checked when it has its value. Pure.
 */
final class InputRules {
  private InputRules() {}

  /**
   * Throws INVALID, naming the field.
   *
   * @param at where the input is, for example {@code inputs[0]}
   */
  static void check(String at, Repository input) {
    RepositoryRules.check(at + ".", input, PlaceholderText::has);
  }

  /** As {@link #check}, for an output. */
  static void checkOutput(String at, Repository output) {
    RepositoryRules.checkOutput(at + ".", output, PlaceholderText::has);
  }
}
