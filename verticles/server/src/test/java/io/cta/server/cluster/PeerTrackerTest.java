package io.cta.server.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class PeerTrackerTest {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PeerTracker peers = new PeerTracker("me", Duration.ofSeconds(2));

  @Test
  void batchesInOrderMissNothing() {
    assertEquals(0, peers.heard("a", 1, 0));
    assertEquals(0, peers.heard("a", 2, 0));
    assertEquals(0, peers.heard("b", 1, 0));
  }

  @Test
  void aGapSaysHowManyAreMissing() {
    peers.heard("a", 1, 0);
    assertEquals(3, peers.heard("a", 5, 0));
    assertEquals(0, peers.heard("a", 6, 0));
  }

  @Test
  void allEarlierBatchesOfANewNodeAreMissing() {
    assertEquals(41, peers.heard("a", 42, 0));
  }

  @Test
  void aBatchThatArrivesOutOfOrderIsNotCountedAgain() {
    peers.heard("a", 1, 0);
    peers.heard("a", 3, 0);
    assertEquals(0, peers.heard("a", 2, 0));
    assertEquals(0, peers.heard("a", 4, 0));
  }

  @Test
  void aNodeSilentForTooLongIsForgotten() {
    peers.heard("me", 1, 0);
    peers.heard("b", 1, 0);
    peers.heard("a", 1, SECOND_NANOS);
    assertEquals(List.of("a", "b"), peers.others());
    assertTrue(peers.hearsItself());
    assertEquals(List.of(), peers.silent(2 * SECOND_NANOS));
    assertEquals(List.of("b", "me"), peers.silent(2 * SECOND_NANOS + 1));
    assertEquals(List.of("a"), peers.others());
    assertFalse(peers.hearsItself());
  }
}
