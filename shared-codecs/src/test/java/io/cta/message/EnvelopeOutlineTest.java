package io.cta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event's type, source and machine are read in one way only. */
class EnvelopeOutlineTest {
  @Test
  void it_says_what_the_envelope_says() {
    JsonObject payload = new JsonObject().put("machineId", "m1").put("executionId", "e1");
    Buffer bytes = MessageEnvelope.of(MessageTypes.TASK_ACKED, "agent/m1", payload).encode();
    EnvelopeOutline outline = EnvelopeOutline.read(bytes);
    assertEquals(new EnvelopeOutline(MessageTypes.TASK_ACKED, "agent/m1", "m1", "e1"), outline);
    assertEquals("m1", outline.sender());
  }

  @Test
  void an_escaped_name_is_the_name_it_stands_for() {
    String text = "{'id':'1','type':'t','payload':{'m\\u0061chineId':'m2'}}";
    assertEquals("m2", EnvelopeOutline.read(json(text)).machineId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "'text'",
        "{}",
        "{'type':'t'}",
        "{'type':'t','payload':[]}",
        "{'type':1,'payload':{}}",
        "{'type':'t','payload':null}",
        "{'type':'t','payload':{}} {}",
        "{'type':'t','payload':{}",
        "{'type':'t','type':'u','payload':{}}",
        "{'type':'t','payload':{},'payload':{}}",
        "{'type':'t','source':'agent/a','source':'agent/b','payload':{}}",
        "{'type':'t','payload':{'machineId':'m1','machineId':'m2'}}",
        "{'type':'t','payload':{'machineId':'m1','machineId':null}}",
        "{'type':'t','payload':{'machineId':7}}",
        "{'type':'t','payload':{'executionId':'e1','executionId':'e2'}}",
        "{'type':'t','payload':{'executionId':{}}}",
        "not json"
      })
  void what_could_be_read_in_two_ways_or_in_none_is_invalid(String text) {
    invalid(json(text));
  }

  @Test
  void brackets_without_end_and_more_than_two_megabytes_are_invalid() {
    invalid(json("{'type':'t','payload':{'x':" + "[".repeat(10_000) + "]".repeat(10_000) + "}}"));
    String much = "x".repeat(EnvelopeOutline.MAX_BYTES);
    assertTrue(invalid(json("{'type':'" + much + "','payload':{}}")).contains("2097152 bytes"));
  }

  @Test
  void whatever_bytes_come_it_answers_or_refuses() {
    Random random = new Random(7);
    byte[] sound =
        MessageEnvelope.of(
                MessageTypes.TASK_ACKED, "agent/m1", new JsonObject().put("machineId", "m1"))
            .encode()
            .getBytes();
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = sound.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        EnvelopeOutline.read(Buffer.buffer(bytes));
      } catch (ServiceFailure e) {
        assertEquals(ErrorCode.INVALID, e.code());
      }
    }
  }

  private static Buffer json(String text) {
    return Buffer.buffer(text.replace('\'', '"'));
  }

  private static String invalid(Buffer bytes) {
    ServiceFailure why = assertThrows(ServiceFailure.class, () -> EnvelopeOutline.read(bytes));
    assertEquals(ErrorCode.INVALID, why.code());
    return why.getMessage();
  }
}
