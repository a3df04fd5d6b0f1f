package io.cta.broker.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AheadTest {
  @Test
  void neighbours_become_a_range() {
    assertEquals("3,5-7,9", Ahead.encode(LongStream.of(3, 5, 6, 7, 9)));
    assertEquals("", Ahead.encode(LongStream.empty()));
  }

  @Test
  void what_was_written_is_read() {
    Ahead ahead = Ahead.decode("3,5-7,1000000000000");
    LongStream.of(3, 5, 6, 7, 1_000_000_000_000L).forEach(o -> assertTrue(ahead.contains(o)));
    LongStream.of(0, 2, 4, 8, 999_999_999_999L).forEach(o -> assertFalse(ahead.contains(o)));
  }

  @Test
  void what_does_not_fit_into_a_commit_is_left_out() {
    String text = Ahead.encode(LongStream.iterate(1_000_000, o -> o + 2).limit(100_000));
    assertTrue(text.length() < 4_096);
    assertTrue(Ahead.decode(text).contains(1_000_000));
    assertFalse(Ahead.decode(text).contains(1_199_998));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "3,", "3-", "-3", "9999999999999999999", "1 2"})
  void anything_else_says_nothing(String text) {
    assertFalse(Ahead.decode(text).contains(3));
    assertFalse(Ahead.decode(null).contains(3));
  }
}
