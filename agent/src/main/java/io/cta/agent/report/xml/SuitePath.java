package io.cta.agent.report.xml;

import io.cta.agent.report.TestCase;

/** Joins the names of nested suites. */
final class SuitePath {
  private static final int MAX_CHARS = 100_000;

  private SuitePath() {}

  /** The path of a suite within another; either may be null or have no name. */
  static String join(String outer, String name) {
    if (name == null || name.isBlank()) {
      return outer;
    }
    String path = outer == null ? name.strip() : outer + TestCase.SUITE_SEPARATOR + name.strip();
    return path.length() > MAX_CHARS ? outer : path;
  }
}
