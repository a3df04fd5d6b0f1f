package io.cta.server.view.events;

import io.cta.domain.Status;

/**
 * A failure of an execution.
 *
 * @param caseName null for the test as a whole
 * @param message the beginning of what was said
 */
public record FailureEventView(
    String test, String caseName, String machine, String reason, String message) {
  private static final int MAX_NAME = 200;
  private static final int MAX_MESSAGE = 300;

  public static FailureEventView of(Status s) {
    return new FailureEventView(
        cut(s.testName(), MAX_NAME),
        cut(s.name(), MAX_NAME),
        s.machineName(),
        s.reason(),
        cut(s.message(), MAX_MESSAGE));
  }

  private static String cut(String text, int max) {
    if (text == null || text.codePointCount(0, text.length()) <= max) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, max - 1)) + "…";
  }
}
