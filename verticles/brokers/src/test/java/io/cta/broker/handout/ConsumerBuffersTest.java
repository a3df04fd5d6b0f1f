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

/** Who gets the next message, and who has which. */
@Timeout(20)
class ConsumerBuffersTest {
  private static final class Plain extends PendingDelivery {
    Plain(long position) {
      super(position, Buffer.buffer("m" + position));
    }
  }

  private final List<String> kept = new ArrayList<>();
  private final DeliverySource<Plain> deliverySource =
      new DeliverySource<>() {
        @Override
        public void settle(Plain message, Throwable failure) {
          kept.add("settled " + message.position());
        }

        @Override
        public void giveBack(List<Plain> messages) {
          messages.forEach(m -> kept.add("back " + m.position() + " after " + m.deliveries()));
        }

        @Override
        public void changed() {
          kept.add("changed");
        }
      };
  private final List<Plain> arrived = new ArrayList<>();
  private final ConsumerBuffers<Plain> consumerBuffers = new ConsumerBuffers<>();
  private final ConsumerBuffer<Plain> small =
      new ConsumerBuffer<>(deliverySource, 1, arrived::addAll);
  private final ConsumerBuffer<Plain> large =
      new ConsumerBuffer<>(deliverySource, 3, arrived::addAll);

  @Test
  void theyTakeTurnsUntilNobodyHasRoom() {
    consumerBuffers.add(small);
    consumerBuffers.add(large);
    assertEquals(4, consumerBuffers.prefetch());
    List<ConsumerBuffer<Plain>> turns = new ArrayList<>();
    for (long n = 0; consumerBuffers.next() != null; n++) {
      ConsumerBuffer<Plain> next = consumerBuffers.next();
      next.give(new Plain(n));
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
  void whoPausesIsPassedOver() {
    consumerBuffers.add(small);
    small.pause(true);
    assertNull(consumerBuffers.next());
    small.pause(false);
    assertSame(small, consumerBuffers.next());
    assertEquals(List.of("changed", "changed"), kept);
  }

  @Test
  void whatDidNotReachTheHandlerGoesBackAndDoesNotCount() {
    Plain message = new Plain(7);
    small.give(message);
    assertEquals(1, message.deliveries());
    small.giveBack(List.of(message));
    assertEquals(List.of("back 7 after 0"), kept);
    assertEquals(1, small.free());
  }

  @Test
  void anOutletThatIsTakenAwaySettlesNothingAnyMore() {
    consumerBuffers.add(large);
    Plain first = new Plain(1);
    Plain second = new Plain(2);
    large.give(second);
    large.give(first);
    large.settle(second, null);
    large.settle(second, null);
    assertEquals(List.of("settled 2"), kept);
    assertEquals(List.of(first), consumerBuffers.remove(large));
    assertEquals(List.of(), consumerBuffers.remove(large));
    large.settle(first, null);
    large.giveBack(List.of(first));
    assertEquals(List.of("settled 2"), kept);
    assertTrue(consumerBuffers.isEmpty());
  }

  @Test
  void clearedTheyAnswerWhatAllHad() {
    consumerBuffers.add(small);
    consumerBuffers.add(large);
    small.give(new Plain(1));
    large.give(new Plain(2));
    assertEquals(
        List.of(1L, 2L), consumerBuffers.clear().stream().map(PendingDelivery::position).toList());
    assertTrue(consumerBuffers.isEmpty());
    assertFalse(large.free() > 0);
  }
}
