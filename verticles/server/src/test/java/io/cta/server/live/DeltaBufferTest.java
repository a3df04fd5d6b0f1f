package io.cta.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;

class DeltaBufferTest {
  private final DeltaBuffer deltaBuffer = new DeltaBuffer(3);

  @Test
  void onlyTheLatestViewOfEachThingIsKept() {
    deltaBuffer.offer("tasks", "a", TextNode.valueOf("1"));
    deltaBuffer.offer("tasks", "b", TextNode.valueOf("2"));
    deltaBuffer.offer("tasks", "a", TextNode.valueOf("3"));
    assertEquals("{\"tasks\":[\"3\",\"2\"]}", deltaBuffer.take().orElseThrow().toString());
    assertTrue(deltaBuffer.isEmpty());
  }

  @Test
  void anOlderVersionIsDroppedEvenAfterTheNewerWasTaken() {
    deltaBuffer.offer("tasks", "a", 7, TextNode.valueOf("new"));
    deltaBuffer.take();
    deltaBuffer.offer("tasks", "a", 6, TextNode.valueOf("old"));
    assertTrue(deltaBuffer.isEmpty());
  }

  @Test
  void tooManyThingsBecomeOneResyncAndThenItGoesOn() {
    for (int i = 0; i < 10; i++) {
      deltaBuffer.offer("tasks", "t" + i, TextNode.valueOf("x"));
    }
    assertTrue(deltaBuffer.take().isEmpty());
    deltaBuffer.offer("tasks", "a", TextNode.valueOf("1"));
    assertEquals("{\"tasks\":[\"1\"]}", deltaBuffer.take().orElseThrow().toString());
  }

  @Test
  void messagesKeepTheirDistance() {
    DeltaThrottle deltaThrottle = new DeltaThrottle(100);
    assertEquals(0, deltaThrottle.book(1_000));
    assertEquals(90, deltaThrottle.book(1_010));
    assertEquals(180, deltaThrottle.book(1_020));
    assertEquals(0, deltaThrottle.book(5_000));
  }
}
