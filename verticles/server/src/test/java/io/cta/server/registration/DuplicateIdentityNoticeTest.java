package io.cta.server.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.cta.domain.Machine;
import io.cta.message.MachineHelloBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class DuplicateIdentityNoticeTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final String NOTICE =
      "a copy of its identity was refused at 2026-01-02T03:04:05Z from 192.0.2.9";

  private final Machine machine =
      HelloMapper.created(
          MachineHelloBuilder.builder()
              .machineId("m")
              .session("s")
              .name("a")
              .hostname("h")
              .ip("")
              .facts(Map.of())
              .labels(List.of())
              .slots(1)
              .agentVersion("1")
              .tasks(List.of())
              .build(),
          "a",
          NOW);

  @Test
  void itSaysWhenAndFromWhereAndIsShownForADay() {
    Machine noted = DuplicateIdentityNotice.added(machine, "192.0.2.9:4711", NOW);
    assertEquals(List.of(NOTICE), noted.notices());
    assertEquals(
        List.of(NOTICE), DuplicateIdentityNotice.current(noted, NOW.plus(Duration.ofHours(23))));
    assertEquals(List.of(), DuplicateIdentityNotice.current(noted, NOW.plus(Duration.ofHours(25))));
  }

  @Test
  void aCopyThatIsStartedAgainAndAgainIsStoredOnceAMinute() {
    Machine noted = DuplicateIdentityNotice.added(machine, "192.0.2.9:4711", NOW);
    assertSame(noted, DuplicateIdentityNotice.added(noted, "192.0.2.9:4712", NOW.plusSeconds(50)));
    assertEquals(1, DuplicateIdentityNotice.added(noted, "192.0.2.8:1", NOW).notices().size());
    Machine later = DuplicateIdentityNotice.added(noted, "192.0.2.9:4712", NOW.plusSeconds(70));
    assertEquals(List.of(NOTICE.replace("04:05", "05:15")), later.notices());
  }

  @Test
  void otherNoticesAreIgnored() {
    Machine other = new MachineEdit(machine).notices(List.of("was suspended for 9 s")).done();
    assertEquals(List.of(), DuplicateIdentityNotice.current(other, NOW));
  }
}
