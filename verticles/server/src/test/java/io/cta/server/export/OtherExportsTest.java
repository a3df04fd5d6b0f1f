package io.cta.server.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.CaseDetailsBuilder;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class OtherExportsTest {
  /** The fields that the schema of CTRF allows for a test, as far as they are used. */
  private static final Set<String> CTRF_TEST =
      Set.of(
          "name",
          "status",
          "duration",
          "suite",
          "message",
          "trace",
          "rawStatus",
          "filePath",
          "line",
          "flaky",
          "extra");

  private final ExportFixtures execution =
      new ExportFixtures()
          .status(1, "a", Result.OK, null, null)
          .status(
              1,
              "b",
              Result.FAILED,
              "=cmd|' /C calc'!A0, \"quoted\"\nsecond line",
              CaseDetailsBuilder.builder().file("src/B.java").line(7).trace("at").build())
          .status(2, "c", Result.INCONCLUSIVE, null, null);

  @Test
  void csvQuotesWhatItMustAndStartsNoFormula() {
    String[] lines = execution.text(ExportFormat.CSV).split("\r\n");
    assertEquals(4, lines.length);
    assertEquals(
        "build-1,unit,,b,failed,false,false,14029255,1,,"
            + "\"'=cmd|' /C calc'!A0, \"\"quoted\"\"\nsecond line\",src/B.java,7,"
            + "2026-11-29T02:30:00.250Z,E-1",
        lines[2]);
  }

  @Test
  void jsonIsWhatTheApiHas() {
    JsonObject json = new JsonObject(execution.text(ExportFormat.JSON));
    assertEquals("E", json.getJsonObject("execution").getString("id"));
    assertEquals(2, json.getJsonArray("tasks").size());
    assertEquals(3, json.getJsonArray("statuses").size());
    assertEquals(
        "build-2", json.getJsonArray("statuses").getJsonObject(2).getString("machineName"));
  }

  @Test
  void ctrfHasTheFieldsOfItsSchemaAndSumsThatFit() {
    JsonObject json = new JsonObject(execution.text(ExportFormat.CTRF));
    assertEquals("CTRF", json.getString("reportFormat"));
    assertTrue(json.getString("specVersion").matches("[0-9]+\\.[0-9]+\\.[0-9]+"));
    JsonObject results = json.getJsonObject("results");
    assertEquals(Set.of("tool", "tests", "summary", "environment"), results.fieldNames());
    JsonObject summary = results.getJsonObject("summary");
    assertEquals(3, summary.getInteger("tests"));
    assertEquals(1, summary.getInteger("passed"));
    assertEquals(1, summary.getInteger("failed"));
    assertEquals(1, summary.getInteger("other"));
    results
        .getJsonArray("tests")
        .forEach(
            test ->
                assertTrue(
                    CTRF_TEST.containsAll(((JsonObject) test).fieldNames()), test.toString()));
    assertEquals("failed", results.getJsonArray("tests").getJsonObject(1).getString("status"));
  }

  @Test
  void ctrfOfACancelledExecutionIsNotGreen() {
    JsonObject json =
        new JsonObject(
            new ExportFixtures()
                .ended(State.CANCELLED, Result.INCONCLUSIVE)
                .status(1, "a", Result.OK, null, null)
                .text(ExportFormat.CTRF));
    JsonObject summary = json.getJsonObject("results").getJsonObject("summary");
    assertEquals(1, summary.getInteger("other"));
  }
}
