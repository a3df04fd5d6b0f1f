package io.cta.agent.report.tap;

import io.cta.agent.report.CaseBuilder;
import io.cta.agent.report.ReportTimes;
import io.cta.agent.report.TestCase;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A test of a TAP file with what was said below its line; its path is completed from within. */
final class TapCase {
  private static final Pattern DURATION =
      Pattern.compile("(?m)^\\s*duration_ms:\\s*([0-9]{1,12}(?:\\.[0-9]{1,12})?)\\s*$");
  private static final int MAX_PATH = 10_000;

  private final TapLine line;
  private final StringBuilder said = new StringBuilder();
  private String path;

  TapCase(TapLine line) {
    this.line = line;
  }

  boolean failed() {
    return !line.ok() && !line.todo();
  }

  /** Adds what a comment or a YAML block says of it. */
  void say(String text) {
    if (said.length() < 4 * CaseBuilder.MAX_MESSAGE) {
      said.append(said.isEmpty() ? "" : "\n").append(text);
    }
  }

  /** Puts it below a subtest, which may have no name. */
  void below(String subtest) {
    if (subtest != null && (path == null || path.length() < MAX_PATH)) {
      path = path == null ? subtest : subtest + TestCase.SUITE_SEPARATOR + path;
    }
  }

  TestCase build(String file) {
    below(file);
    CaseBuilder builder = new CaseBuilder(path, null, line.name());
    String text = said.toString();
    Matcher duration = DURATION.matcher(text);
    if (duration.find()) {
      builder.duration(ReportTimes.ofMillis(Double.parseDouble(duration.group(1))));
    }
    if (failed()) {
      builder.failed(null, text);
    } else if (!line.ok() || line.skip()) {
      builder.skipped(line.reason(), line.ok() ? null : text);
    }
    return builder.build();
  }
}
