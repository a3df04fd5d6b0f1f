package io.cta.domain;

import java.time.Instant;

/**
 * One try to bring a message to its receiver.
 *
 * @param at when it began
 * @param status HTTP status of the answer; null when none came
 * @param text what the receiver said, or why there was no answer; at most {@value #MAX_TEXT}
 *     characters
 * @param millis how long it took
 */
public record DeliveryAttempt(Instant at, Integer status, String text, long millis) {
  public static final int MAX_TEXT = 500;

  public DeliveryAttempt {
    text = FieldChecks.line(text, MAX_TEXT);
  }
}
