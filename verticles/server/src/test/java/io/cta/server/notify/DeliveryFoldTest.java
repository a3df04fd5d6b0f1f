package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterState;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import io.cta.domain.DeliveryBuilder;
import io.cta.domain.DeliveryState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What becomes of a handler that tells, from its deliveries. */
class DeliveryFoldTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final AfterOutcome DUE =
      new AfterOutcome(1, "notify", AfterState.DUE, null, null, null, null, null);

  @Test
  void itIsDoneWhenAllChannelsHaveIt() {
    AfterOutcome outcome =
        fold(row("a", DeliveryState.DELIVERED), row("b", DeliveryState.DELIVERED));
    assertEquals(AfterState.DONE, outcome.state());
    assertEquals(List.of("E-1-a", "E-1-b"), outcome.deliveries());
    assertEquals("told 2 of 2", outcome.text());
  }

  @Test
  void itIsSendingWhileOneMayStillArrive() {
    AfterOutcome outcome =
        fold(
            row("a", DeliveryState.DELIVERED),
            row("b", DeliveryState.FAILED),
            row("c", DeliveryState.WAITING));
    assertEquals(AfterState.SENDING, outcome.state());
  }

  @Test
  void itHasFailedWhenOneChannelDoesNotHaveIt() {
    AfterOutcome outcome = fold(row("a", DeliveryState.DELIVERED), row("b", DeliveryState.FAILED));
    assertEquals(AfterState.FAILED, outcome.state());
    assertEquals("told 1 of 2; channel b: HTTP 503 busy", outcome.text());
  }

  @Test
  void aRedeliveryMakesGoodWhatFailed() {
    Delivery again =
        DeliveryBuilder.builder(row("b", DeliveryState.DELIVERED)).id("E-1-later").build();
    AfterOutcome outcome = fold(row("b", DeliveryState.FAILED), again);
    assertEquals(AfterState.DONE, outcome.state());
    assertEquals(List.of("E-1-b", "E-1-later"), outcome.deliveries());
  }

  @Test
  void anyOrderAndRepetitionGivesTheSame() {
    List<Delivery> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      rows.add(row("c" + i / 2, DeliveryState.values()[i % 3], "E-1-" + i));
    }
    AfterOutcome first = DeliveryFold.fold(DUE, rows, NOW);
    for (int seed = 0; seed < 100; seed++) {
      Collections.shuffle(rows, new Random(seed));
      AfterOutcome again = DeliveryFold.fold(DUE, rows, NOW);
      assertEquals(first, again);
      assertSame(again, DeliveryFold.fold(again, rows, NOW.plusSeconds(1)));
    }
  }

  private static AfterOutcome fold(Delivery... rows) {
    return DeliveryFold.fold(DUE, List.of(rows), NOW);
  }

  private static Delivery row(String channel, DeliveryState state) {
    return row(channel, state, "E-1-" + channel);
  }

  private static Delivery row(String channel, DeliveryState state, String id) {
    return DeliveryBuilder.builder()
        .id(id)
        .executionId("E")
        .handler(1)
        .channelId(channel)
        .channelName("channel " + channel)
        .state(state)
        .attempts(
            state == DeliveryState.FAILED
                ? List.of(new DeliveryAttempt(NOW, 503, "busy", 1))
                : List.of())
        .build();
  }
}
