package io.cta.server.registration;

import static io.cta.server.registration.LateHeartbeatDetector.Freshness.CAUGHT_UP;
import static io.cta.server.registration.LateHeartbeatDetector.Freshness.CURRENT;
import static io.cta.server.registration.LateHeartbeatDetector.Freshness.LATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class LateHeartbeatDetectorTest {
  private static final long CLOCK_ERROR_MILLIS = 7_200_000;

  private final LateHeartbeatDetector lateHeartbeatDetector = new LateHeartbeatDetector();

  /**
   * A heartbeat sent and received at these milliseconds, from a machine whose clock is two hours
   * fast.
   */
  private LateHeartbeatDetector.Freshness beat(long sent, long heard) {
    return lateHeartbeatDetector.classify(sent + CLOCK_ERROR_MILLIS, heard);
  }

  @Test
  void heartbeatsThatArriveAsTheyAreSentAreCurrent() {
    assertEquals(CAUGHT_UP, beat(5_000, 5_010));
    assertEquals(CURRENT, beat(10_000, 10_030));
    assertEquals(CURRENT, beat(15_000, 16_500));
    assertEquals(CURRENT, beat(20_000, 20_005));
  }

  @Test
  void eachKeptHeartbeatMakesTheEarlierOnesLate() {
    for (long sent = 5_000; sent < 600_000; sent += 5_000) {
      assertEquals(CAUGHT_UP, beat(sent, 600_000 + sent / 1_000));
    }
    assertEquals(CAUGHT_UP, beat(600_000, 600_900));
    assertEquals(CURRENT, beat(605_000, 605_010 + 900));
  }

  @Test
  void aRepeatedHeartbeatAmongCurrentOnesIsLate() {
    beat(5_000, 5_000);
    beat(10_000, 10_000);
    assertEquals(LATE, beat(5_000, 12_000));
    assertNotEquals(LATE, beat(15_000, 15_000));
    assertEquals(CURRENT, beat(20_000, 20_000));
  }

  @Test
  void aClockThatIsSetBackIsBelievedWithTheSecondHeartbeat() {
    beat(3_600_000, 3_600_000);
    assertEquals(LATE, beat(5_000, 3_605_000));
    assertEquals(CAUGHT_UP, beat(10_000, 3_610_050));
    assertEquals(CURRENT, beat(15_000, 3_615_000));
  }

  @Test
  void aClockThatIsSetBackWhileDelaysVaryIsBelievedAfterAWhile() {
    beat(3_600_000, 3_600_000);
    int late = 0;
    long heard = 3_605_000;
    while (beat(heard - 3_600_000 - late % 2 * 700, heard) == LATE) {
      late++;
      heard += 5_000;
      assertTrue(late < 100, "never believed again");
    }
    assertNotEquals(0, late);
  }

  @Test
  void aHeartbeatWithoutATimeIsCurrent() {
    assertEquals(CURRENT, lateHeartbeatDetector.classify(0, 1));
    assertEquals(CURRENT, lateHeartbeatDetector.classify(0, 1_000_000));
  }
}
