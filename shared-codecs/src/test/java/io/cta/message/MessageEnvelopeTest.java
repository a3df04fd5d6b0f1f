package io.cta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An envelope says the same, whichever way it is read. */
@Timeout(30)
class MessageEnvelopeTest {
  record Greeting(String text, Integer times) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':'1','type':'t','payload':{}}",
        "{'id':'1','type':'t','time':'2026-11-28T10:00:00.123Z','source':'agent/m','schema':1,"
            + "'payload':{'text':'a } b \\\\u007d','times':3}}",
        " { 'schema' : 2 , 'payload' : { 'text' : 'ü✓🚀' , 'times' : 1 } , 'type':'t', 'id':'1' } ",
        "{'id':'1','type':'t','more':{'payload':[{}]},'payload':{'other':[1,{'x':'}'}]}}",
        "{'id':1,'type':'t','payload':{'text':'a number for an id'}}",
        "{'id':'1','type':'t','time':null,'source':null,'payload':{'text':'nulls'}}",
        "{'id':'1','type':'t','schema':'3','payload':{'text':'text for a number'}}",
        "{'id':'1','type':'t','time':1.5,'payload':{}}",
      })
  void isReadAsTheMappingReadsIt(String text) {
    Buffer bytes = Buffer.buffer(text.replace('\'', '"'));
    MessageEnvelope envelope = MessageEnvelope.decode(bytes);
    assertEquals(JsonMapping.decode(bytes, MessageEnvelope.class), envelope);
    Greeting greeting = JsonMapping.fromObject(envelope.payload().tree(), Greeting.class);
    assertEquals(greeting, envelope.payloadAs(Greeting.class));
    assertEquals(envelope, MessageEnvelope.decode(envelope.encode()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{'id':'1','type':'t'}",
        "{'id':'1','payload':{}}",
        "{'id':'1','type':'t','payload':[]}",
        "{'id':'1','type':'t','payload':null}",
        "{'id':'1','type':'t','time':'yesterday','payload':{}}",
        "{'id':'1','type':'t','payload':{'text':}}",
        "{'id':'1','type':'t','payload':{}",
      })
  void anythingElseIsInvalid(String text) {
    Buffer bytes = Buffer.buffer(text.replace('\'', '"'));
    ServiceFailure no =
        assertThrows(ServiceFailure.class, () -> MessageEnvelope.decode(bytes), text);
    assertEquals(ErrorCode.INVALID, no.code());
  }

  @Test
  void aPayloadIsTheSameInEveryForm() {
    Greeting greeting = new Greeting("a", 2);
    MessagePayload record = MessagePayload.of(greeting);
    MessagePayload tree = MessagePayload.of(new JsonObject().put("text", "a").put("times", 2));
    assertEquals(tree, record);
    assertEquals(greeting, tree.as(Greeting.class));
    MessageEnvelope sent = MessageEnvelope.of("t", "s", greeting);
    MessageEnvelope received = MessageEnvelope.decode(sent.encode());
    assertEquals(record, received.payload());
    assertEquals(greeting, received.payloadAs(Greeting.class));
    assertEquals(
        ErrorCode.INVALID,
        assertThrows(
                ServiceFailure.class,
                () -> MessagePayload.of(new JsonObject().put("times", "x")).as(Greeting.class))
            .code());
  }
}
