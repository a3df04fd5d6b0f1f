package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import io.cta.domain.DeliveryBuilder;
import io.cta.domain.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When a message is tried again, and when no longer. */
class DeliveryScheduleTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Delivery FRESH =
      DeliveryBuilder.builder().id("d").state(DeliveryState.WAITING).nextAt(NOW).build();
  private static final DeliveryAttempt FAILED = new DeliveryAttempt(NOW, 503, "busy", 3);

  @Test
  void thePausesAreThoseOfTheSpecificationAndAllEndsWithinADay() {
    List<Duration> pauses = new ArrayList<>();
    Delivery delivery = FRESH;
    while (delivery.state() == DeliveryState.WAITING) {
      Delivery next = failed(delivery, Duration.ZERO, 0.5);
      pauses.add(next.waited().minus(delivery.waited()));
      delivery = next;
    }
    assertEquals(
        List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ZERO),
        pauses);
    assertEquals(DeliveryState.FAILED, delivery.state());
    assertEquals(7, delivery.attempts().size());
    assertNull(delivery.nextAt());
    assertEquals(NOW, delivery.endedAt());
  }

  @Test
  void aLetterComesAgainAfterAMinuteAndAllEndsWithinADay() {
    List<Duration> pauses = new ArrayList<>();
    Delivery delivery = FRESH;
    while (delivery.state() == DeliveryState.WAITING) {
      Delivery next = DeliverySchedule.afterMail(delivery, FAILED, false, false, 0.5, NOW);
      pauses.add(next.waited().minus(delivery.waited()));
      delivery = next;
    }
    assertEquals(
        List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30)),
        pauses.subList(0, 3));
    assertEquals(DeliveryState.FAILED, delivery.state());
    assertTrue(delivery.waited().compareTo(Duration.ofDays(1)) <= 0, delivery.toString());
    assertEquals(
        DeliveryState.FAILED,
        DeliverySchedule.afterMail(FRESH, FAILED, false, true, 0.5, NOW).state());
  }

  @Test
  void pausesAreSpreadByATenth() {
    assertEquals(Duration.ofMillis(4_500), failed(FRESH, Duration.ZERO, 0).waited());
    assertEquals(Duration.ofMillis(5_500), failed(FRESH, Duration.ZERO, 1).waited());
  }

  @Test
  void aReceiverIsLeftAloneAsLongAsItWants() {
    Delivery next = failed(FRESH, Duration.ofMinutes(3), 0.5);
    assertEquals(NOW.plus(Duration.ofMinutes(3)), next.nextAt());
    assertEquals(Duration.ofSeconds(5), failed(FRESH, Duration.ofSeconds(1), 0.5).waited());
  }

  @Test
  void whatWorkedOrCannotWorkIsNotTriedAgain() {
    Delivery done =
        DeliverySchedule.after(
            FRESH, new DeliveryAttempt(NOW, 200, "", 3), true, false, Duration.ZERO, 0.5, NOW);
    assertEquals(DeliveryState.DELIVERED, done.state());
    assertNull(done.nextAt());
    Delivery gone = DeliverySchedule.after(FRESH, FAILED, false, true, Duration.ZERO, 0.5, NOW);
    assertEquals(DeliveryState.FAILED, gone.state());
  }

  @Test
  void whateverTheReceiverWantsItEndsAfterADay() {
    Random random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      Delivery delivery = FRESH;
      while (delivery.state() == DeliveryState.WAITING) {
        Duration wish = Duration.ofSeconds(random.nextInt(43_200));
        delivery = failed(delivery, wish, random.nextDouble());
      }
      assertTrue(delivery.waited().compareTo(Duration.ofDays(1)) <= 0, delivery.toString());
      assertTrue(delivery.attempts().size() <= 7, delivery.toString());
    }
  }

  private static Delivery failed(Delivery delivery, Duration wish, double chance) {
    return DeliverySchedule.after(delivery, FAILED, false, false, wish, chance, NOW);
  }
}
