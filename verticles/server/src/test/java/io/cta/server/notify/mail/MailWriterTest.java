package io.cta.server.notify.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionSourceBuilder;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.State;
import io.cta.server.view.events.ExecutionEventDataView;
import io.cta.server.view.events.ExecutionEventView;
import io.cta.server.view.events.FailureEventView;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MailWriterTest {
  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
  private static final FailureEventView FAILURE =
      new FailureEventView("time", "leap year", "m1", null, "expected 29\nbut was 28");

  @Test
  void theSubjectSaysWhatHowWhereAndHowMuch() {
    assertEquals("[cta] nightly failed on main: 2 of 12", failed().subject());
    MailContent ok =
        write(
            execution(Result.OK, 12, 0),
            List.of(),
            new ResultChanges("ok", List.of(), List.of(), true));
    assertEquals("[cta] nightly ok on main: 12 of 12 ok", ok.subject());
    Execution cancelled =
        ExecutionBuilder.builder(execution(Result.OK, 1, 0))
            .state(State.CANCELLED)
            .result(Result.INCONCLUSIVE)
            .build();
    assertEquals(
        "[cta] nightly cancelled on main: 1 of 1 ok",
        write(cancelled, List.of(), ResultChanges.NONE).subject());
  }

  @Test
  void aLetterSaysWhatChangedAndWhatFailed() {
    String text = failed().text();
    assertTrue(text.contains("10 ok, 2 failed"), text);
    assertTrue(text.contains("commit 1234567890 Fix it, by Ann"), text);
    assertTrue(text.contains("the execution before on main was ok"), text);
    assertTrue(text.contains("\nNewly failing\n* time: leap year\n"), text);
    assertTrue(text.contains("\nRepaired\n* net\n"), text);
    assertTrue(text.contains("* time: leap year on m1\n    expected 29\n    but was 28\n"), text);
    assertTrue(text.contains("and 1 more\n"), text);
    assertTrue(text.endsWith("\nhttps://cta.example/#/executions/e1\n"), text);
  }

  @Test
  void tooManyFailuresToCompareAreSaid() {
    String text =
        write(
                execution(Result.FAILED, 0, 500),
                List.of(),
                new ResultChanges("ok", List.of(), List.of(), false))
            .text();
    assertTrue(text.contains("too many failures to compare"), text);
    assertTrue(
        write(execution(Result.OK, 1, 0), List.of(), ResultChanges.NONE)
            .text()
            .contains("the first execution on main"));
  }

  @Test
  void whatTestsWroteIsNoMarkup() {
    FailureEventView hostile =
        new FailureEventView(
            "<img src=x onerror=alert(1)>",
            "a\r\nBcc: eve",
            "m1",
            null,
            "</pre><script>x</script>");
    MailContent content =
        write(execution(Result.FAILED, 0, 1), List.of(hostile), ResultChanges.NONE);
    assertFalse(content.html().contains("<img"), content.html());
    assertFalse(content.html().contains("<script"), content.html());
    assertTrue(content.html().contains("&lt;/pre&gt;&lt;script&gt;"), content.html());
    assertTrue(content.text().contains("a Bcc: eve"), content.text());
  }

  @Test
  void aLetterIsBoundedHoweverMuchFailed() {
    FailureEventView large =
        new FailureEventView("t".repeat(200), "c".repeat(200), "m", null, "<".repeat(300));
    MailContent content =
        write(
            execution(Result.FAILED, 0, 100_000),
            Collections.nCopies(20, large),
            new ResultChanges("ok", Collections.nCopies(100, "n".repeat(5_000)), List.of(), true));
    assertTrue(content.encode().length() < 60_000, () -> "chars: " + content.encode().length());
    assertTrue(content.text().contains("and 80 more"), content.text());
    assertEquals(content, MailContent.decode(content.encode()));
  }

  private static MailContent failed() {
    return write(
        execution(Result.FAILED, 10, 2),
        List.of(FAILURE),
        new ResultChanges("ok", List.of("time: leap year"), List.of("net"), true));
  }

  private static MailContent write(
      Execution execution, List<FailureEventView> failures, ResultChanges changes) {
    ExecutionEventDataView data =
        ExecutionEventView.of(execution, 0, failures, false, "https://cta.example/#/executions/e1")
            .data();
    return MailWriter.write(data, changes);
  }

  private static Execution execution(Result result, int ok, int failed) {
    return ExecutionBuilder.builder()
        .id("e1")
        .scenarioId("S")
        .scenarioName("nightly")
        .state(State.FINISHED)
        .result(result)
        .requestedBy("ann")
        .requestedAt(NOW)
        .finishedAt(NOW)
        .counts(new ResultCounts(ok, failed, 0, 0, 0, 0))
        .source(
            ExecutionSourceBuilder.builder()
                .branch("main")
                .commit("1234567890abcdef1234567890abcdef12345678")
                .subject("Fix it")
                .author("Ann")
                .build())
        .build();
  }
}
