package io.cta.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LogTextDecoderTest {
  private static final byte[] TEXT = "grün 😀 fin".getBytes(StandardCharsets.UTF_8);

  @Test
  void aCharacterCutBetweenChunksComesOutWholeWhereverTheCutIs() {
    for (int cut = 0; cut <= TEXT.length; cut++) {
      LogTextDecoder log = new LogTextDecoder();
      var first = log.read(SampleRecords.chunk("T-0", 0, 0, Arrays.copyOfRange(TEXT, 0, cut)));
      var second =
          log.read(SampleRecords.chunk("T-0", 1, cut, Arrays.copyOfRange(TEXT, cut, TEXT.length)));
      assertEquals("grün 😀 fin", first.get("text").asText() + second.get("text").asText());
      assertEquals(first.get("size").asLong(), second.get("offset").asLong(), "cut at " + cut);
      assertEquals(TEXT.length, second.get("offset").asInt() + second.get("size").asInt());
    }
  }

  @Test
  void whoJoinsInTheMiddleOfACharacterBeginsWithTheNext() {
    var message =
        new LogTextDecoder()
            .read(SampleRecords.chunk("T-0", 5, 1_000, Arrays.copyOfRange(TEXT, 8, 14)));
    assertEquals(" fin", message.get("text").asText());
    assertTrue(message.get("offset").asInt() > 1_000);
  }

  @Test
  void bytesThatAreNoTextAreReplacedAndCounted() {
    byte[] junk = {'a', (byte) 0xFF, 'b'};
    var message = new LogTextDecoder().read(SampleRecords.chunk("T-0", 0, 0, junk));
    assertEquals("a\uFFFDb", message.get("text").asText());
    assertEquals(3, message.get("size").asInt());
  }

  @Test
  void aGapSaysHowMuchIsMissing() {
    var message = new LogTextDecoder().read(SampleRecords.gap("T-0", 3, 500, 70));
    assertTrue(message.get("gap").asBoolean());
    assertEquals(500, message.get("offset").asInt());
    assertEquals(70, message.get("size").asInt());
  }
}
