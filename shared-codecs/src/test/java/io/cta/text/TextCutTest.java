package io.cta.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class TextCutTest {
  @ParameterizedTest
  @CsvSource({"abc,3,abc", "abcd,3,abc", "a😀b,2,a", "a😀b,3,a😀", "😀,1,''", "abc,0,''"})
  void theBeginningEndsWithAWholeCharacter(String text, int max, String cut) {
    assertEquals(cut, TextCut.beginning(text, max));
  }

  @ParameterizedTest
  @CsvSource({"abc,3,abc", "abcd,3,ab…", "a😀bc,3,a…", "a😀bcd,4,a😀…"})
  void theEllipsisIsOneOfTheCharacters(String text, int max, String cut) {
    assertEquals(cut, TextCut.shortened(text, max));
  }

  @ParameterizedTest
  @CsvSource({"abc,3,abc", "abcd,3,abc…", "a😀b,2,a…"})
  void theEllipsisIsBehindTheCharacters(String text, int max, String cut) {
    assertEquals(cut, TextCut.marked(text, max));
  }

  @ParameterizedTest
  @CsvSource({"a😀b,3,a😀b", "a😀bc,3,a😀…", "😀😀😀,2,😀…"})
  void aPairIsOneCodePoint(String text, int max, String cut) {
    assertEquals(cut, TextCut.shortenedByCodePoints(text, max));
  }

  @Test
  void nothingStaysNothing() {
    assertNull(TextCut.beginning(null, 3));
    assertNull(TextCut.shortened(null, 3));
    assertNull(TextCut.marked(null, 3));
    assertNull(TextCut.shortenedByCodePoints(null, 3));
  }
}
