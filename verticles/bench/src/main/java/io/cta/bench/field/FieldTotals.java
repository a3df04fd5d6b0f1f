package io.cta.bench.field;

import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers of cases that were ok, that failed and that were skipped. */
record FieldTotals(int ok, int failed, int skipped) {
  /**
   * Reads the totals from a tool's output by the patterns of its {@code tool.properties}: {@code
   * ok} or {@code total}, {@code failed}, {@code skipped}. Adds all numbers that the groups of a
   * pattern find; a match without a number counts 1.
   */
  static FieldTotals printed(Properties patterns, String output) {
    int failed = sum(patterns, "failed", output);
    int skipped = sum(patterns, "skipped", output);
    int ok =
        patterns.containsKey("ok")
            ? sum(patterns, "ok", output)
            : sum(patterns, "total", output) - failed - skipped;
    return new FieldTotals(ok, failed, skipped);
  }

  private static int sum(Properties patterns, String key, String output) {
    String pattern = patterns.getProperty(key);
    if (pattern == null) {
      return 0;
    }
    int sum = 0;
    for (Matcher m = Pattern.compile(pattern).matcher(output); m.find(); ) {
      boolean number = false;
      for (int group = 1; group <= m.groupCount(); group++) {
        if (m.group(group) != null && !m.group(group).isEmpty()) {
          sum += Integer.parseInt(m.group(group));
          number = true;
        }
      }
      sum += number ? 0 : 1;
    }
    return sum;
  }

  @Override
  public String toString() {
    return ok + " ok, " + failed + " failed, " + skipped + " skipped";
  }
}
