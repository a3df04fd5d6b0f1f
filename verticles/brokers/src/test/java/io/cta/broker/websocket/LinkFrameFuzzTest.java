package io.cta.broker.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Any bytes from a link are read as a frame or refused; they cause nothing else. */
@Timeout(60)
class LinkFrameFuzzTest {
  private static final List<String> VALID =
      List.of(
          "{\"op\":\"publish\",\"n\":1,\"queue\":\"cta.states\",\"size\":2}\n{}",
          "{\"op\":\"subscribe\",\"n\":2,\"queue\":\"cta.machine.m\",\"prefetch\":10}\n",
          "{\"op\":\"settle\",\"n\":2,\"d\":7,\"outcome\":\"ack\"}\n",
          "{\"op\":\"pause\",\"n\":2}\n",
          "{\"op\":\"error\",\"text\":\"x\"}\n");
  private static final String[] PARTS = {
    "-1",
    "2147483647",
    "2147483648",
    "99999999999999999999",
    "1e9",
    "null",
    "\"\"",
    "[]",
    "{}",
    "true",
    "\n",
    "\\u0000",
    "\"size\":",
    "\"op\":",
    "\"n\":",
    ",",
    "}",
    "{",
    "[[[[[[[[",
    "\"",
    "é"
  };

  @Test
  void aFrameIsReadOrRefused() {
    Random random = new Random(23);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    int read = 0;
    int refused = 0;
    for (int i = 0; i < 500_000 && System.nanoTime() < end; i++) {
      Buffer bytes = Buffer.buffer(mutated(random));
      try {
        LinkFrame.Received received = LinkFrame.parse(bytes, 0);
        assertTrue(received.next() > 0 && received.next() <= bytes.length());
        read++;
      } catch (ServiceFailure e) {
        assertEquals(ErrorCode.INVALID, e.code());
        refused++;
      }
    }
    assertTrue(read > 100 && refused > 100, read + " read, " + refused + " refused");
  }

  private static byte[] mutated(Random random) {
    StringBuilder text = new StringBuilder(VALID.get(random.nextInt(VALID.size())));
    for (int n = random.nextInt(4); n > 0; n--) {
      int at = random.nextInt(text.length() + 1);
      int until = Math.min(text.length(), at + random.nextInt(6));
      text.replace(at, until, PARTS[random.nextInt(PARTS.length)]);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
