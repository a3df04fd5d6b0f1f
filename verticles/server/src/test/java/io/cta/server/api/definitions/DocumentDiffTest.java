package io.cta.server.api.definitions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.json.JsonMapping;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Differences between two documents. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class DocumentDiffTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1}|{\"a\":1}|[]",
        "{}|{\"a\":1}|[{\"field\":\"a\",\"to\":1}]",
        "{\"a\":1}|{}|[{\"field\":\"a\",\"from\":1}]",
        "{\"a\":{\"b\":1}}|{\"a\":{\"b\":2}}|[{\"field\":\"a.b\",\"from\":1,\"to\":2}]",
        "{\"a\":[1,2]}|{\"a\":[1]}|[{\"field\":\"a[1]\",\"from\":2}]",
        "{\"a\":[{\"b\":1}]}|{\"a\":[{\"b\":2},3]}|[{\"field\":\"a[0].b\",\"from\":1,\"to\":2},{\"field\":\"a[1]\",\"to\":3}]",
        "{\"a\":[1]}|{\"a\":{\"b\":1}}|[{\"field\":\"a\",\"from\":[1],\"to\":{\"b\":1}}]"
      })
  void everyLeafThatDiffersIsNamed(String from, String to, String changes) {
    assertEquals(
        new JsonArray(changes),
        JsonMapping.decode(
            JsonMapping.encode(DocumentDiff.of(new JsonObject(from), new JsonObject(to))),
            JsonArray.class));
  }
}
