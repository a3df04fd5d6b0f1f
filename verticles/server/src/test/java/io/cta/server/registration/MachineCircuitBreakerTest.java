package io.cta.server.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.cta.domain.Health;
import io.cta.domain.Machine;
import io.cta.server.dispatch.scheduling.SchedulingFixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class MachineCircuitBreakerTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void threeFailuresInARowQuarantineForAMinute() {
    Machine two = fail(fail(SchedulingFixtures.machine("a", true, 1)));
    assertEquals(Health.ACTIVE, two.health());
    Machine three = fail(two);
    assertEquals(Health.QUARANTINED, three.health());
    assertEquals(NOW.plusSeconds(60), three.quarantinedUntil());
    assertEquals("3 infrastructure failures in a row", three.healthNote());
  }

  @Test
  void aFinishedTaskInBetweenForgivesAll() {
    Machine m =
        fail(
            fail(
                MachineCircuitBreaker.finished(
                    fail(fail(SchedulingFixtures.machine("a", true, 1))))));
    assertEquals(Health.ACTIVE, m.health());
    assertEquals(2, m.failuresInRow());
  }

  @Test
  void eachFurtherFailureDoublesItUpToAnHour() {
    Machine m = fail(fail(fail(SchedulingFixtures.machine("a", true, 1))));
    for (long minutes : new long[] {2, 4, 8, 16, 32, 60, 60}) {
      m = MachineCircuitBreaker.lifted(m);
      assertEquals(Health.ACTIVE, m.health());
      m = fail(m);
      assertEquals(Duration.ofMinutes(minutes), Duration.between(NOW, m.quarantinedUntil()));
    }
    Machine forgiven = MachineCircuitBreaker.finished(m);
    assertEquals(Health.ACTIVE, forgiven.health());
    assertEquals(0, forgiven.quarantines());
    assertNull(forgiven.quarantinedUntil());
  }

  @Test
  void whatPeopleDecidedStays() {
    Machine a = SchedulingFixtures.machine("a", true, 1);
    Machine draining = new MachineEdit(a).health(Health.DRAINING, "by ann", null).done();
    Machine failed = fail(fail(fail(fail(draining))));
    assertEquals(Health.DRAINING, failed.health());
    assertEquals("by ann", failed.healthNote());
    Machine byHand = new MachineEdit(a).health(Health.QUARANTINED, "by ann", null).done();
    assertSame(byHand, MachineCircuitBreaker.lifted(byHand));
    assertEquals(Health.QUARANTINED, MachineCircuitBreaker.finished(fail(byHand)).health());
  }

  @Test
  void aMachineWithoutFailuresStaysTheSame() {
    Machine a = SchedulingFixtures.machine("a", true, 1);
    assertSame(a, MachineCircuitBreaker.finished(a));
  }

  private static Machine fail(Machine m) {
    return MachineCircuitBreaker.failed(m, NOW);
  }
}
