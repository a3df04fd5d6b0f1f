package io.cta.server.api.executions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LogExcerptTest {
  private static final String LONG =
      IntStream.rangeClosed(1, 300)
          .mapToObj(i -> i == 100 ? "src/a.c:3: error: x" : i == 20 ? "0 errors" : "line " + i)
          .collect(Collectors.joining("\n", "", "\n\n"));

  @Test
  void theLastLinesWithoutEmptyOnesAtTheEnd() {
    assertEquals(List.of("line 299", "line 300"), LogExcerpt.last(LONG, 2));
    assertEquals(List.of(), LogExcerpt.last("", 2));
  }

  @Test
  void theLinesAroundTheFirstTrouble() {
    List<String> lines = LogExcerpt.aroundTrouble(LONG, 40);
    assertEquals(40, lines.size());
    assertEquals("src/a.c:3: error: x", lines.get(10));
  }

  @Test
  void theLastLinesWhenNothingTellsOfTrouble() {
    assertEquals(List.of("b", "c"), LogExcerpt.aroundTrouble("a\nb\nc", 2));
  }

  @Test
  void whatSteersTerminalsIsNotThereAndLongLinesAreCut() {
    assertEquals(List.of("red"), LogExcerpt.last("\u001b[31mred\u001b[0m\r\n", 1));
    assertEquals(501, LogExcerpt.last("x".repeat(10_000), 1).get(0).length());
  }
}
