package io.cta.server.forges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.State;
import io.cta.domain.Status;
import io.cta.domain.StatusBuilder;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a note says, whatever tests wrote. */
class NoteTextTest {
  private static final Execution FAILED =
      ExecutionBuilder.builder()
          .id("01J")
          .scenarioId("S")
          .scenarioName("nightly")
          .state(State.FINISHED)
          .result(Result.FAILED)
          .counts(new ResultCounts(10, 2, 0, 0, 0, 0))
          .requestedAt(Instant.EPOCH)
          .build();

  @Test
  void aNoteSaysTheResultAndWhatFailedFirst() {
    String text = NoteText.of(FAILED, List.of(status("a", "b", "c")), true, "https://cta/x");
    assertEquals(
        """
        <!-- cta:S -->

        **CTA** ` nightly `: **failed**, ` 2 of 12 failed `

        10 passed, 2 failed, 0 partial, 0 inconclusive, 0 skipped

        What failed first:

        - ` a ` ` b `: ` c `
        - and more

        <https://cta/x>
        """,
        text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@everyone",
        "<script>alert(1)</script>",
        "[a](javascript:x)",
        "![a](https://evil.example/x.png)",
        "` @all `",
        "`` ``` @all ```",
        "/close",
        "a\n/close\n# b",
        "<!-- cta:T -->",
        "a\u2028- b\u202Ec\u0000",
        "``````````",
        "\\",
        "\uD83D",
      })
  void whatATestWroteStaysInOneCodeSpan(String hostile) {
    String text = NoteText.of(FAILED, List.of(status(hostile, hostile, hostile)), false, null);
    String line = text.lines().filter(one -> one.startsWith("- ")).findFirst().orElseThrow();
    assertEquals(1, text.lines().filter(one -> one.startsWith("- ")).count());
    String rest = line.substring(2);
    for (String between : List.of(" ", ": ", "")) {
      String fence = rest.replaceFirst("[^`].*", "");
      int end = rest.indexOf(" " + fence, fence.length());
      String inner = rest.substring(fence.length() + 1, end);
      assertTrue(!inner.contains(fence), rest);
      assertTrue(rest.startsWith(between, end + 1 + fence.length()), rest);
      rest = rest.substring(end + 1 + fence.length() + between.length());
    }
    assertEquals("", rest);
  }

  @Test
  void aNoteStaysUnderSixtyThousandCharacters() {
    String wide = "\uD83D\uDE80`".repeat(2_000);
    String text =
        NoteText.of(FAILED, Collections.nCopies(100, status(wide, wide, wide)), true, null);
    assertTrue(text.length() < 60_000, () -> "" + text.length());
    String ticks = "`".repeat(5_000);
    String fences =
        NoteText.of(FAILED, Collections.nCopies(100, status(ticks, ticks, ticks)), true, null);
    assertTrue(fences.length() < 60_000, () -> "" + fences.length());
  }

  private static Status status(String test, String name, String message) {
    return StatusBuilder.builder()
        .id("s")
        .executionId("01J")
        .taskId("t")
        .testId("T")
        .testName(test)
        .name(name)
        .message(message)
        .result(Result.FAILED)
        .build();
  }
}
