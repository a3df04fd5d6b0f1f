package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose handlers are carried out now. */
class HandlerQueueTest {
  private final HandlerQueue queue = new HandlerQueue(2, 4, Duration.ofSeconds(10));

  @Test
  void whatThisNodeIsToldComesAtOnceAndOnceAtATime() {
    queue.told("a");
    queue.told("a");
    assertEquals(List.of("a"), queue.take());
    queue.told("a");
    assertEquals(List.of(), queue.take());
    queue.over("a");
    assertEquals(List.of("a"), queue.take());
  }

  @Test
  void whatTheFirstSweepFindsIsOfAnEarlierRun() {
    queue.found(List.of("a"), 0);
    assertEquals(List.of("a"), queue.take());
  }

  @Test
  void whatALaterSweepFindsIsLeftToOthersForOneSweep() {
    queue.found(List.of(), 0);
    queue.found(List.of("a"), 1);
    assertEquals(List.of(), queue.take());
    queue.found(List.of("a"), 2);
    assertEquals(List.of("a"), queue.take());
  }

  @Test
  void onlySoManyAreUnderWay() {
    queue.told("a");
    queue.told("b");
    queue.told("c");
    assertEquals(List.of("a", "b"), queue.take());
    queue.over("b");
    assertEquals(List.of("c"), queue.take());
  }

  @Test
  void whatStaysInTheStoreForLongIsTriedOneLastTime() {
    queue.found(List.of("a"), 0);
    assertFalse(queue.isLastTry("a", Duration.ofSeconds(10).toNanos()));
    assertTrue(queue.isLastTry("a", Duration.ofSeconds(11).toNanos()));
    queue.found(List.of(), Duration.ofSeconds(12).toNanos());
    assertFalse(queue.isLastTry("a", Duration.ofSeconds(13).toNanos()));
  }
}
