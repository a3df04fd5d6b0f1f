package io.cta.server.forges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.ForgeType;
import io.cta.server.forges.ForgeAnswer.Kind;
import io.cta.server.outgoing.OutgoingAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What answers of forges mean. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ForgeAnswerTest {
  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "GITLAB,201,ACCEPTED", "GITLAB,400,REFUSED", "GITLAB,401,REFUSED", "GITLAB,403,REFUSED",
    "GITLAB,404,REFUSED", "GITLAB,409,RETRY", "GITLAB,422,REFUSED", "GITLAB,429,RETRY",
    "GITLAB,502,RETRY", "GITHUB,201,ACCEPTED", "GITHUB,403,REFUSED", "GITHUB,422,REFUSED",
    "GITHUB,429,RETRY", "GITEA,500,RETRY", "GITEA,302,REFUSED", "FORGEJO,404,REFUSED"
  })
  void aNumberAloneDecides(ForgeType type, int status, Kind kind) {
    assertEquals(kind, answer(type, status, "", Map.of()).kind());
  }

  @Test
  void gitLabsRefusalOfATransitionAsksForAComparison() {
    String text =
        "{\"message\":\"Cannot transition status via :run from :running (Reason(s): …)\"}";
    assertEquals(Kind.COMPARE, answer(ForgeType.GITLAB, 400, text, Map.of()).kind());
  }

  @Test
  void gitHubSaysTooFastByItsCountOrItsText() {
    String reset = String.valueOf(NOW.plusSeconds(90).getEpochSecond());
    ForgeAnswer counted =
        answer(
            ForgeType.GITHUB,
            403,
            "API rate limit exceeded",
            Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset", reset));
    assertEquals(Kind.RETRY, counted.kind());
    assertEquals(Duration.ofSeconds(90), counted.pause());
    ForgeAnswer told =
        answer(ForgeType.GITHUB, 403, "You have exceeded a secondary rate limit", Map.of());
    assertEquals(Kind.RETRY, told.kind());
    assertEquals(Duration.ofSeconds(60), told.pause());
    ForgeAnswer asked =
        ForgeAnswer.of(ForgeType.GITHUB, new OutgoingAnswer(403, "7", null, "wait"), NOW);
    assertEquals(Kind.RETRY, asked.kind());
    assertEquals(Duration.ofSeconds(7), asked.pause());
  }

  @Test
  void aRedirectSaysWhereItPointed() {
    ForgeAnswer answer =
        answer(ForgeType.GITLAB, 302, "", Map.of("location", "https://other.example/"));
    assertTrue(answer.text().contains("https://other.example/"), answer.text());
  }

  @Test
  void aMissingProjectMayBeAForkWithoutAccess() {
    String text = answer(ForgeType.GITLAB, 404, "404 Commit Not Found", Map.of()).text();
    assertTrue(text.contains("404 Commit Not Found") && text.contains("no access"), text);
  }

  private static ForgeAnswer answer(
      ForgeType type, int status, String text, Map<String, String> headers) {
    return ForgeAnswer.of(type, new OutgoingAnswer(status, null, null, text, headers, text), NOW);
  }
}
