package io.cta.bench.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is read of a tool's own words, and when a row of the table holds. */
@Timeout(30)
class FieldTotalsTest {
  @Test
  void numbersAreAddedAndFindsWithoutOneCount() {
    Properties patterns = new Properties();
    patterns.setProperty("total", "Ran (\\d+)");
    patterns.setProperty("failed", "failures=(\\d+)|errors=(\\d+)");
    patterns.setProperty("skipped", "SKIP");
    String output = "Ran 9 tests\nSKIP a\nSKIP b\nFAILED (failures=1, errors=2)";
    assertEquals(new FieldTotals(4, 3, 2), FieldTotals.printed(patterns, output));
  }

  @Test
  void totalsMustBeEqual() {
    assertTrue(row("mixed", 1, 1, "failed", 0).holds());
    assertFalse(row("mixed", 1, 0, "failed", 0).holds());
    assertFalse(row("mixed", 1, 1, "ok", 0).holds());
    assertTrue(row("green", 0, 0, "ok", 0).holds());
    assertFalse(row("green", 0, 0, "inconclusive", 0).holds());
  }

  @Test
  void aCrashIsNeverASuccessAndARerunIsFlaky() {
    assertFalse(row("crash", 0, 0, "ok", 0).holds());
    assertTrue(row("crash", 0, 1, "failed", 0).holds());
    assertTrue(row("rerun", 1, 0, "ok", 1).holds());
    assertFalse(row("rerun", 1, 0, "ok", 0).holds());
  }

  private static FieldRow row(String suite, int said, int counted, String result, int flaky) {
    return new FieldRow(
        "tool", suite, new FieldTotals(2, said, 0), new FieldTotals(2, counted, 0), result, flaky);
  }
}
