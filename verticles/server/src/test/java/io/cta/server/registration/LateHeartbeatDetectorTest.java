package io.cta.server.registration;

import static io.cta.server.registration.LateHeartbeatDetector.Freshness.AT_LAST;
import static io.cta.server.registration.LateHeartbeatDetector.Freshness.LATE;
import static io.cta.server.registration.LateHeartbeatDetector.Freshness.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class LateHeartbeatDetectorTest {
  private static final long WRONG_CLOCK = 7_200_000;

  private final LateHeartbeatDetector lateHeartbeatDetector = new LateHeartbeatDetector();

  /**
   * A heartbeat sent and heard at these milliseconds, by a machine whose clock is two hours fast.
   */
  private LateHeartbeatDetector.Freshness beat(long sent, long heard) {
    return lateHeartbeatDetector.judge(sent + WRONG_CLOCK, heard);
  }

  @Test
  void heartbeatsThatComeAsTheyAreSentAreOfNow() {
    assertEquals(AT_LAST, beat(5_000, 5_010));
    assertEquals(NOW, beat(10_000, 10_030));
    assertEquals(NOW, beat(15_000, 16_500));
    assertEquals(NOW, beat(20_000, 20_005));
  }

  @Test
  void ofThoseThatWereKeptEachMakesTheOnesBeforeItLate() {
    for (long sent = 5_000; sent < 600_000; sent += 5_000) {
      assertEquals(AT_LAST, beat(sent, 600_000 + sent / 1_000));
    }
    assertEquals(AT_LAST, beat(600_000, 600_900));
    assertEquals(NOW, beat(605_000, 605_010 + 900));
  }

  @Test
  void oneThatComesAgainAmongTheFreshOnesIsLate() {
    beat(5_000, 5_000);
    beat(10_000, 10_000);
    assertEquals(LATE, beat(5_000, 12_000));
    assertNotEquals(LATE, beat(15_000, 15_000));
    assertEquals(NOW, beat(20_000, 20_000));
  }

  @Test
  void aClockThatIsSetBackIsBelievedWithTheSecondHeartbeat() {
    beat(3_600_000, 3_600_000);
    assertEquals(LATE, beat(5_000, 3_605_000));
    assertEquals(AT_LAST, beat(10_000, 3_610_050));
    assertEquals(NOW, beat(15_000, 3_615_000));
  }

  @Test
  void aClockThatIsSetBackWhileHeartbeatsWaverIsBelievedAfterAWhile() {
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
  void whoDoesNotSayWhenIsBelieved() {
    assertEquals(NOW, lateHeartbeatDetector.judge(0, 1));
    assertEquals(NOW, lateHeartbeatDetector.judge(0, 1_000_000));
  }
}
