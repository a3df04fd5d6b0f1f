package io.cta.server.view.events;

import io.cta.domain.Status;
import io.cta.text.TextCut;

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
        TextCut.shortenedByCodePoints(s.testName(), MAX_NAME),
        TextCut.shortenedByCodePoints(s.name(), MAX_NAME),
        s.machineName(),
        s.reason(),
        TextCut.shortenedByCodePoints(s.message(), MAX_MESSAGE));
  }
}
