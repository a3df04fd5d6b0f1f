package io.cta.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
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
class ReportSpecTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"junit\":\"r/*.xml\"}",
        "{\"junit\":\"a.xml\",\"tap\":[\"a.tap\",\"b/**\"]}",
        "{\"gotest\":\"go.json\",\"files\":[\"x/*\",\"y/*\"]}",
        "{}"
      })
  void isWrittenAsItWasRead(String json) {
    ReportSpec report = JsonMapping.fromObject(new JsonObject(json), ReportSpec.class);
    assertEquals(json, JsonMapping.encode(report).toString());
    assertEquals(report, JsonMapping.decode(JsonMapping.encode(report), ReportSpec.class));
  }

  @Test
  void globsAreKnownByTheirKeys() {
    ReportSpec report =
        JsonMapping.fromObject(
            new JsonObject("{\"trx\":\"a\",\"robot\":[\"b\"]}"), ReportSpec.class);
    assertEquals(Map.of("robot", List.of("b"), "trx", List.of("a")), report.globs());
    assertEquals(Map.of("junit", List.of("x")), ReportSpec.ofJunit("x").globs());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "/etc/passwd", "../x.xml", "{a", ""})
  void aBadGlobIsRefusedNamingItsField(String glob) {
    JsonObject json = new JsonObject().put("cucumber", glob);
    ServiceFailure e =
        assertThrows(ServiceFailure.class, () -> JsonMapping.fromObject(json, ReportSpec.class));
    assertEquals("report.cucumber", e.field());
  }
}
