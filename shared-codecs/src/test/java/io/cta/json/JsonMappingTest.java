package io.cta.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Scenario;
import io.cta.domain.Test;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.StatusBatch;
import io.cta.message.TaskEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class JsonMappingTest {
  record Moment(Instant at) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "statuses[0].result | {'statuses':[{'result':'great'}]}",
        "statuses[1].index  | {'statuses':[{'index':1},{'index':'x'}]}",
        "attempt            | {'attempt':'first'}",
        "attempt            | {'attempt':{}}",
      })
  void whatDoesNotFitIsNamed(String field, String text) {
    ServiceFailure refused = refused(text, StatusBatch.class);
    assertEquals(field, refused.field());
    assertTrue(refused.getMessage().startsWith(field), refused.getMessage());
    JsonObject parsed = new JsonObject(text.replace('\'', '"'));
    ServiceFailure again =
        assertThrows(ServiceFailure.class, () -> JsonMapping.fromObject(parsed, StatusBatch.class));
    assertEquals(field, again.field());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "suite   | {'name':'n'}",
        "name    | {'name':'*','suite':'s','configuration':'c'}",
        "retries | {'name':'n','suite':'s','configuration':'c','retries':11}",
        "timeouts.pending | {'name':'n','suite':'s','configuration':'c','timeouts':{'pending':'soon'}}",
      })
  void aBrokenRuleIsNamed(String field, String text) {
    assertEquals(field, refused(text, Scenario.class).field());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{'a'", "nonsense", "{'taskId':[]}", "''"})
  void brokenJsonIsInvalidNotACrash(String text) {
    Buffer bytes = Buffer.buffer(text.replace('\'', '"'));
    assertEquals(
        ErrorCode.INVALID,
        assertThrows(ServiceFailure.class, () -> JsonMapping.decode(bytes, TaskEvent.class))
            .code());
  }

  @org.junit.jupiter.api.Test
  void fieldsOfANewerVersionAreIgnoredAndASingleValueIsAList() {
    String text = "{'name':'t','later':{'x':1},'artifacts':'reports/**'}";
    Test test = JsonMapping.decode(Buffer.buffer(text.replace('\'', '"')), Test.class);
    assertEquals(List.of("reports/**"), test.artifacts());
  }

  @org.junit.jupiter.api.Test
  void timesSortAsTheirTextDoes() {
    assertEquals(
        "{\"at\":\"2026-01-01T00:00:00.000Z\"}",
        JsonMapping.encode(new Moment(Instant.parse("2026-01-01T00:00:00Z"))).toString());
    assertEquals(
        "{\"at\":\"2026-01-01T00:00:00.123Z\"}",
        JsonMapping.encode(new Moment(Instant.parse("2026-01-01T00:00:00.123456Z"))).toString());
  }

  private static ServiceFailure refused(String text, Class<?> type) {
    Buffer bytes = Buffer.buffer(text.replace('\'', '"'));
    ServiceFailure refused =
        assertThrows(ServiceFailure.class, () -> JsonMapping.decode(bytes, type));
    assertEquals(ErrorCode.INVALID, refused.code());
    return refused;
  }
}
