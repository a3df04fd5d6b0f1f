package io.cta.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TellingLinesTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("Failed\n=== RUN TestX\n    x_test.go:12: got 3", "=== RUN TestX"),
        Arguments.of("src/calc_test.cc:17\nExpected equality\n  a: 3", "Expected equality"),
        Arguments.of("/home/ci/w/tests/test_a.py:3: \nE   assert 3 == 4", "E   assert 3 == 4"),
        Arguments.of("collection failure\n\nImportError: no module x", "ImportError: no module x"),
        Arguments.of(
            "thread 'tests::adds' panicked at src/lib.rs:9:5:\nassertion `left == right` failed",
            "assertion `left == right` failed"),
        Arguments.of("----\nAssertionError:\nlists differ", "lists differ"),
        Arguments.of("File \"/a/b.py\", line 3, in x\nValueError: bad", "ValueError: bad"),
        Arguments.of("at app.Main.run(Main.java:12)\nboom", "boom"),
        Arguments.of("expected 3", "expected 3"),
        Arguments.of("Failed", "Failed"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void skipsWhatSaysNothing(String text, String first) {
    assertEquals(first, TellingLines.of(text, 5).get(0));
  }

  @Test
  void hasNoMoreLinesThanWanted() {
    assertEquals(List.of("a b", "c d"), TellingLines.of("failed\na b\n\nc d\ne f", 2));
    assertEquals(List.of(), TellingLines.of(" \n", 2));
    assertEquals(List.of(), TellingLines.of(null, 2));
  }
}
