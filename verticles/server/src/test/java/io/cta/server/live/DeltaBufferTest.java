package io.cta.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.view.ViewEncoder;
import io.cta.server.view.live.GoneView;
import org.junit.jupiter.api.Test;

class DeltaBufferTest {
  private final DeltaBuffer deltaBuffer = new DeltaBuffer(3);

  @Test
  void onlyTheLatestViewOfEachThingIsKept() {
    deltaBuffer.offer("tasks", "a", new GoneView("1"));
    deltaBuffer.offer("tasks", "b", new GoneView("2"));
    deltaBuffer.offer("tasks", "a", new GoneView("3"));
    assertEquals("{\"tasks\":[{\"id\":\"3\"},{\"id\":\"2\"}]}", taken());
    assertTrue(deltaBuffer.isEmpty());
  }

  @Test
  void anOlderVersionIsDroppedEvenAfterTheNewerWasTaken() {
    deltaBuffer.offer("tasks", "a", 7, new GoneView("new"));
    deltaBuffer.take();
    deltaBuffer.offer("tasks", "a", 6, new GoneView("old"));
    assertTrue(deltaBuffer.isEmpty());
  }

  @Test
  void anOverflowBecomesOneResyncAndLaterViewsAreKept() {
    for (int i = 0; i < 10; i++) {
      deltaBuffer.offer("tasks", "t" + i, new GoneView("x"));
    }
    assertTrue(deltaBuffer.take().isEmpty());
    deltaBuffer.offer("tasks", "a", new GoneView("1"));
    assertEquals("{\"tasks\":[{\"id\":\"1\"}]}", taken());
  }

  @Test
  void messagesAreSpaced() {
    DeltaThrottle deltaThrottle = new DeltaThrottle(100);
    assertEquals(0, deltaThrottle.book(1_000));
    assertEquals(90, deltaThrottle.book(1_010));
    assertEquals(180, deltaThrottle.book(1_020));
    assertEquals(0, deltaThrottle.book(5_000));
  }

  private String taken() {
    return ViewEncoder.text(deltaBuffer.take().orElseThrow());
  }
}
