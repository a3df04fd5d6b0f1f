package io.cta.broker.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class WindowTest {
  private final Window window = new Window(10, Ahead.NONE);

  @Test
  void commits_up_to_the_first_that_is_not_settled() {
    Message first = receive(10);
    Message second = receive(11);
    Message third = receive(12);
    assertEquals(10, window.position());
    window.settle(second);
    assertEquals(10, window.position());
    assertEquals("11", window.settledAhead());
    window.settle(first);
    assertEquals(12, window.position());
    assertEquals("", window.settledAhead());
    window.settle(third);
    assertEquals(13, window.position());
    assertEquals(0, window.size());
  }

  @Test
  void offsets_that_nobody_has_hold_back_nothing() {
    Message first = receive(10);
    Message after = receive(17);
    window.settle(first);
    assertEquals(17, window.position());
    window.settle(after);
    assertEquals(18, window.position());
  }

  @Test
  void what_an_earlier_reader_had_settled_is_not_received_again() {
    Window next = new Window(10, Ahead.decode("11-12"));
    Message first = held(10);
    assertTrue(next.receive(first));
    assertFalse(next.receive(held(11)));
    assertFalse(next.receive(held(12)));
    assertTrue(next.receive(held(13)));
    next.settle(first);
    assertEquals(13, next.position());
  }

  @Test
  void settling_twice_or_after_the_partition_is_lost_changes_nothing() {
    Message first = receive(10);
    assertTrue(window.settle(first));
    assertFalse(window.settle(first));
    Message second = receive(11);
    second.lost = true;
    assertFalse(window.settle(second));
    assertEquals(11, window.position());
  }

  @Test
  void only_what_is_not_settled_takes_memory() {
    Message first = receive(10);
    Message second = receive(11);
    assertEquals(8, window.bytes());
    window.settle(second);
    assertEquals(4, window.bytes());
    assertEquals(2, window.size());
    window.settle(first);
    assertEquals(0, window.bytes());
  }

  private Message receive(long offset) {
    Message message = held(offset);
    assertTrue(window.receive(message));
    return message;
  }

  private static Message held(long offset) {
    return new Message(offset, 0, offset, Buffer.buffer("body"));
  }
}
