package io.cta.agent.report.tap;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A test line: {@code ok 1 - name # SKIP why}.
 *
 * @param directive {@code skip}, {@code todo} or ""
 */
record TapLine(boolean ok, String number, String name, String directive, String reason) {
  private static final Pattern TEST =
      Pattern.compile("(not )?ok\\b(?:\\s+([0-9]+)\\b)?(?:\\s+-(?=\\s|$))?\\s*(.*)");
  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "(?:^|(?<!\\\\)\\s)#\\s*(skip|todo)\\w*:?\\s*(.*)$", Pattern.CASE_INSENSITIVE);

  /** Null when it is no test line. */
  static TapLine parse(String line) {
    Matcher test = TEST.matcher(line);
    if (!test.matches()) {
      return null;
    }
    String name = test.group(3);
    String directive = "";
    String reason = null;
    Matcher found = DIRECTIVE.matcher(name);
    if (found.find()) {
      directive = found.group(1).toLowerCase(Locale.ROOT);
      reason = found.group(2);
      name = name.substring(0, found.start());
    }
    name = name.replace("\\#", "#").replace("\\\\", "\\").strip();
    String number = test.group(2);
    if (name.isEmpty()) {
      name = number == null ? "test" : "test " + number;
    }
    return new TapLine(test.group(1) == null, number, name, directive, reason);
  }

  boolean todo() {
    return directive.equals("todo");
  }

  boolean skip() {
    return directive.equals("skip");
  }
}
