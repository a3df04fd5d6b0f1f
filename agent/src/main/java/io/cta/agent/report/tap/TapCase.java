package io.cta.agent.report.tap;

import io.cta.agent.report.CaseBuilder;
import io.cta.agent.report.ReportTimes;
import io.cta.agent.report.TestCase;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A test of a TAP file, with the comments below its line. Its path is built from the innermost
 * subtest outwards.
 */
final class TapCase {
  private static final Pattern DURATION =
      Pattern.compile("(?m)^\\s*duration_ms:\\s*([0-9]{1,12}(?:\\.[0-9]{1,12})?)\\s*$");
  private static final int MAX_PATH_CHARS = 10_000;

  private final TapLine line;
  private final StringBuilder texts = new StringBuilder();
  private String path;

  TapCase(TapLine line) {
    this.line = line;
  }

  boolean failed() {
    return !line.ok() && !line.todo();
  }

  /** Adds the text of a comment or a YAML block. */
  void addText(String text) {
    if (texts.length() < 4 * CaseBuilder.MAX_MESSAGE_CHARS) {
      texts.append(texts.isEmpty() ? "" : "\n").append(text);
    }
  }

  /** Puts it below a subtest, which may have no name. */
  void below(String subtest) {
    if (subtest != null && (path == null || path.length() < MAX_PATH_CHARS)) {
      path = path == null ? subtest : subtest + TestCase.SUITE_SEPARATOR + path;
    }
  }

  TestCase build(String file) {
    below(file);
    CaseBuilder builder = new CaseBuilder(path, null, line.name());
    String text = texts.toString();
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
