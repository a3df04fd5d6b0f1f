package io.cta.agent.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.AttemptRef;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which attempts are taken: attempt 5 of task t is here, attempt 3 was. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class AdmissionDecisionTest {
  private static final AttemptRef LIVE = new AttemptRef("t", 5, "five");
  private static final AttemptRef DONE = new AttemptRef("t", 3, "three");

  @ParameterizedTest
  @CsvSource({
    "t, 5, five,  1, false, true, KNOWN",
    "t, 5, five,  0, true , true, KNOWN",
    "t, 3, three, 1, false, true, KNOWN",
    "t, 4, four,  1, false, true, OUTDATED",
    "t, 6, six,   1, false, true, ACCEPT",
    "t, 6, six,   0, false, true, NO_SLOT",
    "t, 5, other, 1, false, true, OTHER_TOKEN",
    "u, 1, one,   1, false, false, NO_ROOM",
    "u, 1, one,   1, true,  false, LEAVING",
    "t, 5, five,  1, false, false, KNOWN",
    "u, 1, one,   1, false, true, ACCEPT",
    "u, 1, one,   0, false, true, NO_SLOT",
    "u, 1, one,   1, true , true, LEAVING",
    "u, 1, one,   0, true , true, LEAVING",
  })
  void decides(
      String task,
      int attempt,
      String token,
      int free,
      boolean leaving,
      boolean room,
      AdmissionDecision expected) {
    AttemptRef key = new AttemptRef(task, attempt, token);
    assertEquals(
        expected, AdmissionDecision.of(key, Set.of(LIVE), DONE::equals, free, leaving, room));
  }
}
