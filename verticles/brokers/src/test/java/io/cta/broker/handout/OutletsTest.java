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
class OutletsTest {
  private static final class Plain extends Held {
    Plain(long position) {
      super(position, Buffer.buffer("m" + position));
    }
  }

  private final List<String> kept = new ArrayList<>();
  private final Keeper<Plain> keeper =
      new Keeper<>() {
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
  private final Outlets<Plain> outlets = new Outlets<>();
  private final Outlet<Plain> small = new Outlet<>(keeper, 1, arrived::addAll);
  private final Outlet<Plain> large = new Outlet<>(keeper, 3, arrived::addAll);

  @Test
  void theyTakeTurnsUntilNobodyHasRoom() {
    outlets.add(small);
    outlets.add(large);
    assertEquals(4, outlets.prefetch());
    List<Outlet<Plain>> turns = new ArrayList<>();
    for (long n = 0; outlets.next() != null; n++) {
      Outlet<Plain> next = outlets.next();
      next.give(new Plain(n));
      turns.add(next);
    }
    assertEquals(1, turns.stream().filter(small::equals).count());
    assertEquals(3, turns.stream().filter(large::equals).count());
    assertEquals(0, outlets.free());
    assertTrue(arrived.isEmpty());
    outlets.flush();
    assertEquals(4, arrived.size());
  }

  @Test
  void whoPausesIsPassedOver() {
    outlets.add(small);
    small.pause(true);
    assertNull(outlets.next());
    small.pause(false);
    assertSame(small, outlets.next());
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
    outlets.add(large);
    Plain first = new Plain(1);
    Plain second = new Plain(2);
    large.give(second);
    large.give(first);
    large.settle(second, null);
    large.settle(second, null);
    assertEquals(List.of("settled 2"), kept);
    assertEquals(List.of(first), outlets.remove(large));
    assertEquals(List.of(), outlets.remove(large));
    large.settle(first, null);
    large.giveBack(List.of(first));
    assertEquals(List.of("settled 2"), kept);
    assertTrue(outlets.isEmpty());
  }

  @Test
  void clearedTheyAnswerWhatAllHad() {
    outlets.add(small);
    outlets.add(large);
    small.give(new Plain(1));
    large.give(new Plain(2));
    assertEquals(List.of(1L, 2L), outlets.clear().stream().map(Held::position).toList());
    assertTrue(outlets.isEmpty());
    assertFalse(large.free() > 0);
  }
}
