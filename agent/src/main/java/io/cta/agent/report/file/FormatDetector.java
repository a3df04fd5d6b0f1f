package io.cta.agent.report.file;

import java.util.regex.Pattern;

/** Tells a report's format by its beginning. */
final class FormatDetector {
  /** How many characters at the beginning of a file are looked at. */
  static final int HEAD_CHARS = 16_384;

  private static final Pattern TAP =
      Pattern.compile(
          "(?m)^(TAP version \\d+|1\\.\\.\\d+\\s*(#.*)?|(not )?ok \\d+\\b.*|Bail out!.*)\\s*$");
  private static final Pattern GO_EVENT =
      Pattern.compile("(?m)^\\s*\\{[^\\n]{0,2000}\"Action\"\\s*:\\s*\"[a-z-]+\"");
  private static final Pattern CTRF =
      Pattern.compile("\\{\\s*(\"reportFormat\"|\"specVersion\"|\"results\"\\s*:\\s*\\{)");

  private FormatDetector() {}

  /** Null when the beginning is of no known format. */
  static ReportFormat detect(String beginning) {
    String text = beginning.stripLeading();
    if (text.startsWith("<")) {
      return ReportFormat.XML;
    }
    if (CTRF.matcher(text).lookingAt()) {
      return ReportFormat.CTRF;
    }
    if (text.matches("(?s)\\[\\s*[\\]{].*")) {
      return ReportFormat.CUCUMBER;
    }
    if (GO_EVENT.matcher(text).find()) {
      return ReportFormat.GO_TEST;
    }
    return TAP.matcher(text).find() ? ReportFormat.TAP : null;
  }
}
