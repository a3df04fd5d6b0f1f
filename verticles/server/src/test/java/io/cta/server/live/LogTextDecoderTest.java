package io.cta.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LogTextDecoderTest {
  private static final byte[] TEXT = "grün 😀 fin".getBytes(StandardCharsets.UTF_8);

  @Test
  void aCharacterSplitBetweenChunksIsDecodedWhole() {
    for (int cut = 0; cut <= TEXT.length; cut++) {
      LogTextDecoder log = new LogTextDecoder();
      var first = log.read(SampleRecords.chunk("T-0", 0, 0, Arrays.copyOfRange(TEXT, 0, cut)));
      var second =
          log.read(SampleRecords.chunk("T-0", 1, cut, Arrays.copyOfRange(TEXT, cut, TEXT.length)));
      assertEquals("grün 😀 fin", first.text() + second.text());
      assertEquals(first.size(), second.offset(), "cut at " + cut);
      assertEquals(TEXT.length, second.offset() + second.size());
    }
  }

  @Test
  void aReaderThatBeginsInsideACharacterStartsWithTheNext() {
    var message =
        new LogTextDecoder()
            .read(SampleRecords.chunk("T-0", 5, 1_000, Arrays.copyOfRange(TEXT, 8, 14)));
    assertEquals(" fin", message.text());
    assertTrue(message.offset() > 1_000);
  }

  @Test
  void invalidBytesAreReplacedAndCounted() {
    byte[] junk = {'a', (byte) 0xFF, 'b'};
    var message = new LogTextDecoder().read(SampleRecords.chunk("T-0", 0, 0, junk));
    assertEquals("a\uFFFDb", message.text());
    assertEquals(3, message.size());
  }

  @Test
  void aGapSaysHowMuchIsMissing() {
    var message = new LogTextDecoder().read(SampleRecords.gap("T-0", 3, 500, 70));
    assertTrue(message.gap());
    assertEquals(500, message.offset());
    assertEquals(70, message.size());
  }
}
