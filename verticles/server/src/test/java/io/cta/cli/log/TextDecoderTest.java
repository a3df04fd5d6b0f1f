package io.cta.cli.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class TextDecoderTest {
  private static final String TEXT = "a\u00fc\u20ac\ud83d\ude00z";

  @Test
  void aCharacterMayBeCutAnywhere() {
    byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at <= bytes.length; at++) {
      TextDecoder decoder = new TextDecoder();
      String first = decoder.decode(Arrays.copyOf(bytes, at));
      String second = decoder.decode(Arrays.copyOfRange(bytes, at, bytes.length));
      assertEquals(TEXT, first + second, "cut at " + at);
    }
  }

  @Test
  void oneByteAtATimeGivesTheSame() {
    TextDecoder decoder = new TextDecoder();
    StringBuilder out = new StringBuilder();
    for (byte one : TEXT.getBytes(StandardCharsets.UTF_8)) {
      out.append(decoder.decode(new byte[] {one}));
    }
    assertEquals(TEXT, out.toString());
  }

  @Test
  void bytesThatAreNotUtf8AreReplaced() {
    assertEquals("a\ufffdb", new TextDecoder().decode(new byte[] {'a', (byte) 0xff, 'b'}));
  }
}
