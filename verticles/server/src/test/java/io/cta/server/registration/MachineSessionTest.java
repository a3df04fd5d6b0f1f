package io.cta.server.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Health;
import io.cta.domain.Machine;
import io.cta.domain.MachineBuilder;
import io.cta.server.sim.TestClock;
import io.cta.server.store.VersionedEntity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine's silence and quarantine are measured by the ticker. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class MachineSessionTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final TestClock clock = new TestClock();

  @ParameterizedTest
  @ValueSource(longs = {0, 31, 7_200, -7_200})
  void silenceIsMeasuredByTheTicker(long seconds) {
    MachineSession machineSession = session(machine(Health.ACTIVE, 0, null));
    clock.set(Duration.ofSeconds(seconds));
    clock.advance(LEASE);
    assertFalse(machineSession.silent(clock.time().nanos(), LEASE));
    clock.advance(Duration.ofNanos(1));
    assertTrue(machineSession.silent(clock.time().nanos(), LEASE));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 31, 7_200, -7_200})
  void aQuarantineWhoseStartWasSeenHasItsWholeLength(long seconds) {
    MachineSession machineSession = session(machine(Health.ACTIVE, 0, null));
    assertNull(machineSession.quarantineLeft(clock.time()));
    Instant elsewhere = clock.instant().plusSeconds(seconds);
    machineSession.versionedEntity =
        new VersionedEntity<>(machine(Health.QUARANTINED, 2, elsewhere.plusSeconds(120)), 2);
    assertEquals(Duration.ofMinutes(2), machineSession.quarantineLeft(clock.time()));
    clock.set(Duration.ofSeconds(seconds));
    clock.advance(Duration.ofSeconds(119));
    assertEquals(Duration.ofSeconds(1), machineSession.quarantineLeft(clock.time()));
  }

  @Test
  void anOlderQuarantineHasWhatIsLeftByTheWallClockAtMostItsLength() {
    Instant now = clock.instant();
    MachineSession some = session(machine(Health.QUARANTINED, 1, now.plusSeconds(20)));
    assertEquals(Duration.ofSeconds(20), some.quarantineLeft(clock.time()));
    MachineSession far = session(machine(Health.QUARANTINED, 1, now.plusSeconds(9_999)));
    assertEquals(Duration.ofSeconds(60), far.quarantineLeft(clock.time()));
    MachineSession byHand = session(machine(Health.QUARANTINED, 0, null));
    assertNull(byHand.quarantineLeft(clock.time()));
  }

  private MachineSession session(Machine machine) {
    return new MachineSession(new VersionedEntity<>(machine, 1), clock.time().nanos());
  }

  private Machine machine(Health health, int quarantines, Instant until) {
    return MachineBuilder.builder()
        .id("id")
        .name("a")
        .hostname("host")
        .ip("ip")
        .properties(Map.of())
        .facts(Map.of())
        .labels(List.of())
        .groups(List.of())
        .slots(1)
        .health(health)
        .quarantines(quarantines)
        .quarantinedUntil(until)
        .agentVersion("1")
        .lastSeenAt(clock.instant())
        .createdAt(clock.instant())
        .updatedAt(clock.instant())
        .build();
  }
}
