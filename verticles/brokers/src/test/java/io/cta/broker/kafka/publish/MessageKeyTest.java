package io.cta.broker.kafka.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.message.MessageEnvelope;
import io.cta.message.TaskEvent;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageKeyTest {
  @Test
  void events_of_an_execution_have_its_id() {
    TaskEvent event = new TaskEvent("E1", "E1-1", 1, "token", "M1", null);
    assertEquals("E1", key(MessageEnvelope.of("task.running", "agent/M1", event).encode()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"source\":\"agent/M1\",\"payload\":{\"machineId\":\"M1\"}} | agent/M1",
        "{\"payload\":{\"a\":{\"executionId\":\"no\"},\"executionId\":\"E2\"}} | E2",
        "{\"executionId\":\"no\",\"payload\":[{\"executionId\":\"no\"}],\"source\":\"s\"} | s",
        "{\"payload\":{\"executionId\":7},\"source\":\"s\"} | s",
        "{\"a\":{\"source\":\"no\"}} | -",
        "[1] | -",
        "{\"source\":\"s\" | -",
        "garbage | -",
        "`` | -",
      })
  void other_messages_have_their_source_and_garbage_shares_one_key(String text, String key) {
    assertEquals(key, key(Buffer.buffer(text)));
  }

  private static String key(Buffer message) {
    return new String(MessageKey.of(message), StandardCharsets.UTF_8);
  }
}
