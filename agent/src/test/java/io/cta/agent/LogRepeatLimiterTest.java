package io.cta.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever looks into the log later still finds why the agent is not connected. */
class LogRepeatLimiterTest {
  private final LogRepeatLimiter limiter = new LogRepeatLimiter();

  @Test
  void theSameIsSaidAgainAtGrowingPauses() {
    List<Integer> said =
        IntStream.rangeClosed(1, 200).filter(i -> limiter.shouldLog("no")).boxed().toList();
    assertEquals(List.of(1, 2, 4, 8, 16, 32, 64, 128, 192), said);
  }

  @Test
  void somethingNewIsSaidAtOnceAndSoIsTheOldAfterwards() {
    limiter.shouldLog("no");
    limiter.shouldLog("no");
    assertTrue(limiter.shouldLog("down"));
    assertTrue(limiter.shouldLog("no"));
    limiter.reset();
    assertTrue(limiter.shouldLog("no"));
  }
}
