package io.cta.broker.handout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which subscriber gets the next message, and which has a message. */
@Timeout(20)
class ConsumerBuffersTest {
  private static final class PlainDelivery extends PendingDelivery {
    PlainDelivery(long position) {
      super(position, Buffer.buffer("m" + position));
    }
  }

  private final List<String> calls = new ArrayList<>();
  private final DeliverySource<PlainDelivery> deliverySource =
      new DeliverySource<>() {
        @Override
        public void settle(PlainDelivery message, Throwable failure) {
          calls.add("settled " + message.position());
        }

        @Override
        public void giveBack(List<PlainDelivery> messages) {
          messages.forEach(m -> calls.add("back " + m.position() + " after " + m.deliveries()));
        }

        @Override
        public void changed() {
          calls.add("changed");
        }
      };
  private final List<PlainDelivery> arrived = new ArrayList<>();
  private final ConsumerBuffers<PlainDelivery> consumerBuffers = new ConsumerBuffers<>();
  private final ConsumerBuffer<PlainDelivery> small =
      new ConsumerBuffer<>(deliverySource, 1, arrived::addAll);
  private final ConsumerBuffer<PlainDelivery> large =
      new ConsumerBuffer<>(deliverySource, 3, arrived::addAll);

  @Test
  void buffersTakeTurnsUntilNoneHasRoom() {
    consumerBuffers.add(small);
    consumerBuffers.add(large);
    assertEquals(4, consumerBuffers.prefetch());
    List<ConsumerBuffer<PlainDelivery>> turns = new ArrayList<>();
    for (long n = 0; consumerBuffers.next() != null; n++) {
      ConsumerBuffer<PlainDelivery> next = consumerBuffers.next();
      next.give(new PlainDelivery(n));
      turns.add(next);
    }
    assertEquals(1, turns.stream().filter(small::equals).count());
    assertEquals(3, turns.stream().filter(large::equals).count());
    assertEquals(0, consumerBuffers.free());
    assertTrue(arrived.isEmpty());
    consumerBuffers.flush();
    assertEquals(4, arrived.size());
  }

  @Test
  void aPausedBufferIsPassedOver() {
    consumerBuffers.add(small);
    small.pause(true);
    assertNull(consumerBuffers.next());
    small.pause(false);
    assertSame(small, consumerBuffers.next());
    assertEquals(List.of("changed", "changed"), calls);
  }

  @Test
  void aMessageThatDidNotReachTheHandlerGoesBackUncounted() {
    PlainDelivery message = new PlainDelivery(7);
    small.give(message);
    assertEquals(1, message.deliveries());
    small.giveBack(List.of(message));
    assertEquals(List.of("back 7 after 0"), calls);
    assertEquals(1, small.free());
  }

  @Test
  void aRemovedBufferSettlesNothingAnyMore() {
    consumerBuffers.add(large);
    PlainDelivery first = new PlainDelivery(1);
    PlainDelivery second = new PlainDelivery(2);
    large.give(second);
    large.give(first);
    large.settle(second, null);
    large.settle(second, null);
    assertEquals(List.of("settled 2"), calls);
    assertEquals(List.of(first), consumerBuffers.remove(large));
    assertEquals(List.of(), consumerBuffers.remove(large));
    large.settle(first, null);
    large.giveBack(List.of(first));
    assertEquals(List.of("settled 2"), calls);
    assertTrue(consumerBuffers.isEmpty());
  }

  @Test
  void clearingReturnsTheMessagesOfAllBuffers() {
    consumerBuffers.add(small);
    consumerBuffers.add(large);
    small.give(new PlainDelivery(1));
    large.give(new PlainDelivery(2));
    assertEquals(
        List.of(1L, 2L), consumerBuffers.clear().stream().map(PendingDelivery::position).toList());
    assertTrue(consumerBuffers.isEmpty());
    assertFalse(large.free() > 0);
  }
}
