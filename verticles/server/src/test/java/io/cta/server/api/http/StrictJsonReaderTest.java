package io.cta.server.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.cta.server.api.contract.InvalidInput;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body is read once, as Vert.x would read it, and more strictly. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class StrictJsonReaderTest {
  @Test
  void aBodyIsWhatVertxWouldMakeOfIt() {
    String body =
        """
        {"text":"\\u00e9\\n","true":true,"none":null,"deep":[{"a":[]},{}],
         "numbers":[1,-2147483649,99999999999999999999,1.5,1e2,-0.0]}""";
    JsonObject read = new ValidatedInput(Map.of(), read(body)).object();
    assertEquals(new JsonObject(body), read);
    assertEquals(new JsonObject(body).encode(), read.encode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1,'a':2}|the body is not JSON at line 1, column 11: Duplicate field 'a'",
        "{'a':[{'b':'\\u0000'}]}|a[0].b must not have a NUL character",
        "{'a':{'b\\u0000':1}}|a.b\0 must not have a NUL character",
        "{'a':[1,1e400]}|a[1] is too large a number",
        "{'a':{'#b':1}}|a.#b is not known here",
        "{} {}|the body must be one JSON value",
        "``|the body must be one JSON value",
        "{'a':1|the body is not JSON at line 1, column 7: Unexpected end-of-input",
        "NaN|the body is not JSON at line 1, column 4: ",
      })
  void whatNoFieldCanHoldIsRefusedByItsPlace(String body, String told) {
    String message = refusal(body == null ? "" : body.replace('\'', '"'));
    assertTrue(message.startsWith(told), message);
  }

  @Test
  void whatIsTooDeepOrTooLongIsRefused() {
    read("[".repeat(100) + "]".repeat(100));
    assertTrue(refusal("[".repeat(101) + "]".repeat(101)).contains("depth"));
    assertTrue(refusal("1".repeat(101)).contains("length"));
    assertTrue(refusal("{\"" + "n".repeat(70_000) + "\":1}").contains("length"));
  }

  private static String refusal(String body) {
    return assertThrows(InvalidInput.class, () -> read(body)).getMessage();
  }

  private static JsonNode read(String body) {
    return StrictJsonReader.read(body.getBytes(StandardCharsets.UTF_8));
  }
}
