package io.cta.agent.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.cta.message.Envelope;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class FreshnessTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"0, true", "4999, true", "5000, false", "3600000, false", "-3600000, true"})
  void aCommandIsFreshForFiveSeconds(long ageMillis, boolean fresh) {
    assertEquals(fresh, Freshness.of(sent(NOW.minusMillis(ageMillis)), NOW));
  }

  @Test
  void oneThatDoesNotSayWhenItWasSentIsNot() {
    assertFalse(Freshness.of(sent(null), NOW));
  }

  private static Envelope sent(Instant time) {
    return new Envelope("id", "task.run", time, "server", 1, new JsonObject());
  }
}
