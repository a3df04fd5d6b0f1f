package io.cta.broker.kafka.consume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutOfOrderOffsetsTest {
  @Test
  void adjacent_offsets_become_a_range() {
    assertEquals("3,5-7,9", OutOfOrderOffsets.encode(LongStream.of(3, 5, 6, 7, 9)));
    assertEquals("", OutOfOrderOffsets.encode(LongStream.empty()));
  }

  @Test
  void encoded_ranges_are_decoded() {
    OutOfOrderOffsets offsets = OutOfOrderOffsets.decode("3,5-7,1000000000000");
    LongStream.of(3, 5, 6, 7, 1_000_000_000_000L).forEach(o -> assertTrue(offsets.contains(o)));
    LongStream.of(0, 2, 4, 8, 999_999_999_999L).forEach(o -> assertFalse(offsets.contains(o)));
  }

  @Test
  void offsets_that_do_not_fit_into_a_commit_are_left_out() {
    String text =
        OutOfOrderOffsets.encode(LongStream.iterate(1_000_000, o -> o + 2).limit(100_000));
    assertTrue(text.length() < 4_096);
    assertTrue(OutOfOrderOffsets.decode(text).contains(1_000_000));
    assertFalse(OutOfOrderOffsets.decode(text).contains(1_199_998));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "3,", "3-", "-3", "9999999999999999999", "1 2"})
  void any_other_text_is_read_as_no_offsets(String text) {
    assertFalse(OutOfOrderOffsets.decode(text).contains(3));
    assertFalse(OutOfOrderOffsets.decode(null).contains(3));
  }
}
