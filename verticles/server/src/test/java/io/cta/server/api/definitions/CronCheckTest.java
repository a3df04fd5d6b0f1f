package io.cta.server.api.definitions;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.domain.CronRule;
import io.cta.domain.CronRuleBuilder;
import io.cta.error.ServiceFailure;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class CronCheckTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/5 * * * * *",
        "0,5 * * * * *",
        "58 59 23 * * *",
        "0,57 0 * * * *",
        "0 0 0 29 2 *",
        "* * * * *"
      })
  void fiveSecondsBetweenTwoTimesAreEnough(String cron) {
    assertDoesNotThrow(() -> CronCheck.check("", rule(cron)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* * * * * *",
        "*/4 * * * * *",
        "0,58 * * * * *",
        "1-2 0 0 1 1 *",
        "0,4 0 2 * * 1"
      })
  void lessIsRefusedWithTheField(String cron) {
    ServiceFailure refused =
        assertThrows(ServiceFailure.class, () -> CronCheck.check("schedule.", rule(cron)));
    assertEquals("schedule.cron", refused.field());
    assertEquals("must leave 5 s between two times; six fields begin with seconds", refused.rule());
  }

  private static CronRule rule(String cron) {
    return CronRuleBuilder.builder().cron(cron).zone("Europe/Paris").build();
  }
}
