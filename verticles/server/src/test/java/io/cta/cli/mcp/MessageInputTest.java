package io.cta.cli.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What passes to the library, and what is said to the rest. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class MessageInputTest {
  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

  private final List<Integer> refusals = new ArrayList<>();

  @Test
  void messagesPassAndEmptyLinesAreNothing() throws Exception {
    assertEquals(PING + "\n" + PING + "\n", passed(PING + "\n\n \r\n" + PING));
    assertEquals(List.of(), refusals);
  }

  @Test
  void whatIsNoMessageIsAnsweredAndTheNextOnePasses() throws Exception {
    String others =
        String.join(
            "\n", "hello", "{\"a\":", "[]", "[" + PING + "]", "\"text\"", "7", "{}", "{\"id\":1}");
    assertEquals(PING + "\n", passed(others + "\n" + PING + "\n"));
    assertEquals(8, refusals.size());
    assertEquals(
        List.of(-32700, -32600), refusals.stream().distinct().collect(Collectors.toList()));
  }

  @Test
  void aLineThatIsTooLongIsLeftOut() throws Exception {
    String tooLong = "{\"x\":\"" + "a".repeat(MessageInput.MAX_LINE_BYTES) + "\"}";
    assertEquals(PING + "\n", passed(tooLong + "\n" + PING));
    assertEquals(List.of(-32600), refusals);
  }

  @Test
  void theEndAndAFaultAreNoticed() throws Exception {
    MessageInput empty = new MessageInput(new ByteArrayInputStream(new byte[0]), answer -> {});
    assertEquals(-1, empty.read());
    empty.awaitEnd();
    MessageInput broken =
        new MessageInput(
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("gone");
              }
            },
            answer -> {});
    assertThrows(IOException.class, broken::read);
    broken.awaitEnd();
  }

  @Test
  void linesAreWrittenWholeWhoeverWrites() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MessageOutput out = new MessageOutput(bytes)) {
      out.write("{\"begun\":".getBytes(StandardCharsets.UTF_8));
      out.message(new JsonObject().put("own", true));
      out.write("1}\n".getBytes(StandardCharsets.UTF_8));
    }
    assertEquals("{\"own\":true}\n{\"begun\":1}\n", bytes.toString(StandardCharsets.UTF_8));
  }

  private String passed(String text) throws IOException {
    InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return new String(
        new MessageInput(in, a -> refusals.add(a.getJsonObject("error").getInteger("code")))
            .readAllBytes(),
        StandardCharsets.UTF_8);
  }
}
