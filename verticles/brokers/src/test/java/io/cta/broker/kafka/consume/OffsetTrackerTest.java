package io.cta.broker.kafka.consume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class OffsetTrackerTest {
  private final OffsetTracker offsetTracker = new OffsetTracker(10, OutOfOrderOffsets.NONE);

  @Test
  void commits_up_to_the_first_that_is_not_settled() {
    KafkaMessage first = receive(10);
    KafkaMessage second = receive(11);
    KafkaMessage third = receive(12);
    assertEquals(10, offsetTracker.position());
    offsetTracker.settle(second);
    assertEquals(10, offsetTracker.position());
    assertEquals("11", offsetTracker.settledAhead());
    offsetTracker.settle(first);
    assertEquals(12, offsetTracker.position());
    assertEquals("", offsetTracker.settledAhead());
    offsetTracker.settle(third);
    assertEquals(13, offsetTracker.position());
    assertEquals(0, offsetTracker.size());
  }

  @Test
  void a_gap_in_the_offsets_holds_back_nothing() {
    KafkaMessage first = receive(10);
    KafkaMessage after = receive(17);
    offsetTracker.settle(first);
    assertEquals(17, offsetTracker.position());
    offsetTracker.settle(after);
    assertEquals(18, offsetTracker.position());
  }

  @Test
  void a_message_that_an_earlier_reader_settled_is_not_received_again() {
    OffsetTracker next = new OffsetTracker(10, OutOfOrderOffsets.decode("11-12"));
    KafkaMessage first = message(10);
    assertTrue(next.receive(first));
    assertFalse(next.receive(message(11)));
    assertFalse(next.receive(message(12)));
    assertTrue(next.receive(message(13)));
    next.settle(first);
    assertEquals(13, next.position());
  }

  @Test
  void settling_twice_or_after_the_partition_is_lost_changes_nothing() {
    KafkaMessage first = receive(10);
    assertTrue(offsetTracker.settle(first));
    assertFalse(offsetTracker.settle(first));
    KafkaMessage second = receive(11);
    second.lost = true;
    assertFalse(offsetTracker.settle(second));
    assertEquals(11, offsetTracker.position());
  }

  @Test
  void only_unsettled_messages_take_memory() {
    KafkaMessage first = receive(10);
    KafkaMessage second = receive(11);
    assertEquals(8, offsetTracker.bytes());
    offsetTracker.settle(second);
    assertEquals(4, offsetTracker.bytes());
    assertEquals(2, offsetTracker.size());
    offsetTracker.settle(first);
    assertEquals(0, offsetTracker.bytes());
  }

  private KafkaMessage receive(long offset) {
    KafkaMessage message = message(offset);
    assertTrue(offsetTracker.receive(message));
    return message;
  }

  private static KafkaMessage message(long offset) {
    return new KafkaMessage(offset, 0, offset, Buffer.buffer("body"));
  }
}
