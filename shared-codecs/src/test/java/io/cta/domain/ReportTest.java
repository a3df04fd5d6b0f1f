package io.cta.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.error.ServiceFailure;
import io.cta.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the reports of a test are declared. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ReportTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"junit\":\"r/*.xml\"}",
        "{\"junit\":\"a.xml\",\"tap\":[\"a.tap\",\"b/**\"]}",
        "{\"gotest\":\"go.json\",\"files\":[\"x/*\",\"y/*\"]}",
        "{}"
      })
  void isWrittenAsItWasRead(String json) {
    Report report = Json.fromObject(new JsonObject(json), Report.class);
    assertEquals(json, Json.encode(report).toString());
    assertEquals(report, Json.decode(Json.encode(report), Report.class));
  }

  @Test
  void globsAreKnownByTheirKeys() {
    Report report =
        Json.fromObject(new JsonObject("{\"trx\":\"a\",\"robot\":[\"b\"]}"), Report.class);
    assertEquals(Map.of("robot", List.of("b"), "trx", List.of("a")), report.globs());
    assertEquals(Map.of("junit", List.of("x")), Report.ofJunit("x").globs());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "/etc/passwd", "../x.xml", "{a", ""})
  void aBadGlobIsRefusedNamingItsField(String glob) {
    JsonObject json = new JsonObject().put("cucumber", glob);
    ServiceFailure e =
        assertThrows(ServiceFailure.class, () -> Json.fromObject(json, Report.class));
    assertEquals("report.cucumber", e.field());
  }
}
