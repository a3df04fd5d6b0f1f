package io.cta.bench.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureSetTest {
  @ParameterizedTest
  @CsvSource({"7, 7", "3 1, 2", "9 1 5, 5", "4 1 3 2, 2.5"})
  void a_median_is_the_value_in_the_middle(String values, double median) {
    assertEquals(median, MedianCalculator.of(numbers(values)));
  }

  @Test
  void nothing_has_no_median() {
    assertThrows(IllegalArgumentException.class, () -> MedianCalculator.of(List.of()));
  }

  @Test
  void medians_are_taken_figure_by_figure_from_the_runs_that_have_it() {
    FigureSet medians =
        FigureSet.medians(
            List.of(
                new FigureSet().put("rate", 10).put("time", 1),
                new FigureSet().put("rate", 30).put("time", 3),
                new FigureSet().put("rate", 20)));
    assertEquals(Map.of("rate", 20.0, "time", 2.0), medians.values());
  }

  @ParameterizedTest
  @CsvSource({
    "100 100 100 100 100, false",
    "100 100 100 100 100 100, true",
    "100 100 100 104 104 104, true",
    "100 100 100 106 106 106, false",
    "100 100 100 94 94 94, false",
    "10 50 100 100 100 101 101 101, true",
    "100 100 100 100 300 100, true",
    "200 200 200 100 100 100, false",
  })
  void a_rate_stands_still_when_the_last_three_windows_are_as_the_three_before(
      String rates, boolean steady) {
    assertEquals(steady, SteadinessRule.steady(numbers(rates)));
  }

  @ParameterizedTest
  @CsvSource({"0.1234, 0.123", "1.234, 1.23", "12.34, 12.3", "123.4, 123", "'12345', '12,345'"})
  void a_figure_is_shown_with_three_digits_that_count(double value, String text) {
    assertEquals(text, FigureTable.text(value));
  }

  private static List<Double> numbers(String text) {
    return Stream.of(text.split(" ")).map(Double::valueOf).toList();
  }
}
