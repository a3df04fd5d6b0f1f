package io.cta.server.notify;

import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import io.cta.domain.DeliveryBuilder;
import io.cta.domain.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what follows an attempt: the pauses of Standard Webhooks, a receiver's own wish, and an
 * end after a day. Pauses are added up, not compared with the wall clock, so that a clock that
 * jumps neither ends nor lengthens anything. Pure.
 */
final class DeliverySchedule {
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10));

  /** Whoever lists senders grey lets them in after a minute or some. */
  private static final List<Duration> MAIL_PAUSES =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10));

  private static final Duration DAY = Duration.ofDays(1);
  private static final double JITTER = 0.1;

  private DeliverySchedule() {}

  /**
   * The delivery after an attempt, with the attempt in it.
   *
   * @param retryAfter how long the receiver wants to be left alone; zero if it did not say
   * @param chance 0 to 1, spreads the attempts of many deliveries
   */
  static Delivery after(
      Delivery delivery,
      DeliveryAttempt attempt,
      boolean success,
      boolean last,
      Duration retryAfter,
      double chance,
      Instant now) {
    int made = delivery.attempts().size() + 1;
    Duration pause = last ? null : pause(PAUSES, made, retryAfter, chance);
    return after(delivery, attempt, success, pause, now);
  }

  /** As above, for a letter. */
  static Delivery afterMail(
      Delivery delivery,
      DeliveryAttempt attempt,
      boolean success,
      boolean last,
      double chance,
      Instant now) {
    int made = delivery.attempts().size() + 1;
    Duration pause = last ? null : pause(MAIL_PAUSES, made, Duration.ZERO, chance);
    return after(delivery, attempt, success, pause, now);
  }

  /**
   * The delivery after an attempt, with the attempt in it.
   *
   * @param pause until the next attempt after a failure; null when there is to be none
   */
  static Delivery after(
      Delivery delivery, DeliveryAttempt attempt, boolean success, Duration pause, Instant now) {
    List<DeliveryAttempt> attempts = new ArrayList<>(delivery.attempts());
    attempts.add(attempt);
    DeliveryBuilder next =
        DeliveryBuilder.builder(delivery).attempts(attempts).claimedBy(null).nextAt(null);
    if (success) {
      return next.state(DeliveryState.DELIVERED).endedAt(now).build();
    }
    if (pause == null || delivery.waited().plus(pause).compareTo(DAY) > 0) {
      return next.state(DeliveryState.FAILED).endedAt(now).build();
    }
    return next.nextAt(now.plus(pause)).waited(delivery.waited().plus(pause)).build();
  }

  /** How long until the next attempt; null when there is none. */
  private static Duration pause(
      List<Duration> pauses, int made, Duration retryAfter, double chance) {
    if (made > pauses.size()) {
      return null;
    }
    Duration planned = pauses.get(made - 1);
    long millis = Math.round(planned.toMillis() * (1 - JITTER + 2 * JITTER * chance));
    Duration pause = Duration.ofMillis(millis);
    return retryAfter.compareTo(pause) > 0 ? retryAfter : pause;
  }
}
