package io.cta.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;

class PendingTest {
  private final Pending pending = new Pending(3);

  @Test
  void onlyTheLatestViewOfEachThingIsKept() {
    pending.offer("tasks", "a", TextNode.valueOf("1"));
    pending.offer("tasks", "b", TextNode.valueOf("2"));
    pending.offer("tasks", "a", TextNode.valueOf("3"));
    assertEquals("{\"tasks\":[\"3\",\"2\"]}", pending.take().orElseThrow().toString());
    assertTrue(pending.isEmpty());
  }

  @Test
  void anOlderVersionIsDroppedEvenAfterTheNewerWasTaken() {
    pending.offer("tasks", "a", 7, TextNode.valueOf("new"));
    pending.take();
    pending.offer("tasks", "a", 6, TextNode.valueOf("old"));
    assertTrue(pending.isEmpty());
  }

  @Test
  void tooManyThingsBecomeOneResyncAndThenItGoesOn() {
    for (int i = 0; i < 10; i++) {
      pending.offer("tasks", "t" + i, TextNode.valueOf("x"));
    }
    assertTrue(pending.take().isEmpty());
    pending.offer("tasks", "a", TextNode.valueOf("1"));
    assertEquals("{\"tasks\":[\"1\"]}", pending.take().orElseThrow().toString());
  }

  @Test
  void messagesKeepTheirDistance() {
    Pace pace = new Pace(100);
    assertEquals(0, pace.book(1_000));
    assertEquals(90, pace.book(1_010));
    assertEquals(180, pace.book(1_020));
    assertEquals(0, pace.book(5_000));
  }
}
