package io.cta.agent.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** TAP as many tools write it. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class TapTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ok 1 - name            | name=ok",
        "ok 1 name              | name=ok",
        "ok - name              | name=ok",
        "ok                     | test=ok",
        "ok 7                   | test 7=ok",
        "not ok 1 - name        | name=failed",
        "ok 1 - name # SKIP why | name=skipped",
        "ok 1 # skip why        | test 1=skipped",
        "not ok 1 - a # TODO b  | a=skipped",
        "not ok 1 # todo        | test 1=skipped",
        "ok 1 - a # TODO b      | a=ok",
        "not ok 1 - a # SKIP b  | a=failed",
        "not ok 1 - a \\# TODO  | a # TODO=failed",
        "not ok 1 - C# TODO x   | C# TODO x=failed",
        "ok 1 - 2 - 3           | 2 - 3=ok",
      })
  void lines(String line, String told) {
    ReportSample sample = ReportSample.of("tap", line + "\n1..1\n");
    assertEquals(List.of("r.txt|" + told), sample.told());
    assertEquals(null, sample.trouble());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void plans(String why, String tap, String sums) {
    assertEquals(sums, ReportSample.of("tap", tap).sums());
  }

  static Stream<Arguments> plans() {
    return Stream.of(
        Arguments.of("at the end", "ok 1\nnot ok 2\n1..2\n", "1/1/0/0"),
        Arguments.of("of more", "1..3\nok 1\nok 2\n", "2/0/0/0 reportContradicts"),
        Arguments.of("of fewer", "1..1\nok 1\nok 2\n", "2/0/0/0 reportContradicts"),
        Arguments.of("none", "TAP version 13\nok 1\nok 2\n", "2/0/0/0 reportTruncated"),
        Arguments.of("of nothing", "1..0\n", "0/0/0/0"),
        Arguments.of("all skipped", "1..0 # SKIP no network\n", "0/0/1/0"),
        Arguments.of(
            "of a subtest, of more",
            "1..1\n    1..3\n    ok 1\nok 1 - sub\n",
            "1/0/0/0 reportContradicts"),
        Arguments.of(
            "cut in a subtest", "1..1\n    1..1\n    not ok 1\n", "0/1/0/0 reportTruncated"),
        Arguments.of("cut in a block", "1..1\nok 1\n  ---\n  a: b\n", "1/0/0/0 reportTruncated"),
        Arguments.of("bailed out", "1..9\nok 1\nBail out! No disk\nok 2\n", "1/1/0/0"),
        Arguments.of(
            "two documents", "TAP version 13\n1..1\nok 1\nTAP version 13\n1..1\nok 1\n", "2/0/0/0"),
        Arguments.of(
            "two documents, the first is short",
            "TAP version 13\n1..2\nok 1\nTAP version 13\n1..1\nok 1\n",
            "1/0/0/0 reportContradicts"));
  }

  @Test
  void aSubtestIsItsTestsAndItsOwnLineOnlyWhenThatSaysMore() {
    assertEquals(
        List.of(
            "r.txt > outer > inner|a=ok",
            "r.txt > outer > inner|b=failed",
            "r.txt > quiet|c=ok",
            "r.txt|quiet=failed",
            "r.txt|later=skipped"),
        ReportSample.of(
                "tap",
                """
                1..3
                    # Subtest: inner
                        ok 1 - a
                        not ok 2 - b
                        1..2
                    not ok 1 - inner
                    1..1
                not ok 1 - outer
                    ok 1 - c
                    1..1
                not ok 2 - quiet
                    not ok 1 - d
                    1..1
                not ok 3 - later # TODO
                """)
            .told());
  }

  @Test
  void blocksAndCommentsBelowAFailureAreItsMessage() {
    ReportSample sample =
        ReportSample.of(
            "tap",
            """
            1..2
            not ok 1 - a
              ---
              error: |-
                1 is
                  not 2
              duration_ms: 7.2
              ...
            not ok 2 - b
            #   at t line 3
            #     got: '1'
            """);
    assertEquals(7, sample.cases().get(0).durationMs());
    assertTrue(sample.cases().get(0).message().startsWith("error: |-\n  1 is\n    not 2\n"));
    assertEquals("at t line 3\ngot: '1'", sample.cases().get(1).message());
  }
}
