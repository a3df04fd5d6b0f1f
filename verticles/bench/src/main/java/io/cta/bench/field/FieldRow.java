package io.cta.bench.field;

/**
 * What a tool printed for one suite, and what CTA reported.
 *
 * @param result the result that CTA reported
 * @param flaky cases that CTA counts as flaky
 */
record FieldRow(
    String tool, String suite, FieldTotals said, FieldTotals counted, String result, int flaky) {
  /**
   * Whether CTA reports the totals that the tool printed. For a suite that crashes its tool:
   * whether CTA reports no success.
   */
  boolean holds() {
    return switch (suite) {
      case "crash" -> result.equals("failed") || result.equals("inconclusive");
      case "rerun" -> result.equals("ok") && flaky == 1 && counted.failed() == 0;
      case "green" -> result.equals("ok") && said.equals(counted) && said.ok() > 0;
      default -> result.equals("failed") && said.equals(counted);
    };
  }

  @Override
  public String toString() {
    boolean compared = !suite.equals("crash") && !suite.equals("rerun");
    return String.format(
        "| %-10s | %-6s | %-28s | %-36s | %-12s | %s |",
        tool,
        suite,
        compared ? said : "",
        counted + (flaky > 0 ? ", " + flaky + " flaky" : ""),
        result,
        holds() ? "yes" : "NO");
  }
}
