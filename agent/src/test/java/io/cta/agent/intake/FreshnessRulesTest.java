package io.cta.agent.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class FreshnessRulesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, true",
    "4999, true",
    "5000, false",
    "3600000, false",
    "-5000, true",
    "-5001, false",
    "-3600000, false"
  })
  void aCommandIsFreshForFiveSeconds(long ageMillis, boolean fresh) {
    assertEquals(fresh, FreshnessRules.ofCommand(NOW.minusMillis(ageMillis), NOW));
  }

  @ParameterizedTest
  @CsvSource({"0, true", "9999, true", "10000, false", "3600000, false", "-1, false"})
  void anAnswerCountsForTenSecondsAfterItsQuestion(long ageMillis, boolean fresh) {
    assertEquals(fresh, FreshnessRules.ofAnswer(NOW.minusMillis(ageMillis), NOW));
  }

  @Test
  void whatHasNoTimeIsNotFresh() {
    assertFalse(FreshnessRules.ofCommand(null, NOW));
    assertFalse(FreshnessRules.ofAnswer(null, NOW));
  }
}
