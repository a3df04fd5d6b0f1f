package io.cta.server.api.executions;

import io.cta.text.TextCut;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Chooses the lines of a log that tell most about a failure. Pure. */
final class LogExcerpt {
  private static final int MAX_LINE_CHARS = 500;
  private static final Pattern CONTROL_SEQUENCE =
      Pattern.compile("\u001b\\[[0-9;:?]{0,40}[A-Za-z]|[\\x00-\\x08\\x0b-\\x1f\\x7f]");
  private static final Pattern TROUBLE =
      Pattern.compile(
          "(?i)\\b(error|errors|fatal|panic|panicked|exception|traceback|failed|failure|assert\\w*"
              + "|segmentation fault|core dumped|no such file|not found|denied|cannot|undefined)\\b"
              + "|[a-z]Error\\b|[a-z]Exception\\b");

  /** A line such as {@code 0 errors} or {@code errors: 0} tells of no trouble. */
  private static final Pattern NO_TROUBLE =
      Pattern.compile("(?i)\\b0 (error|fail)|\\b(errors?|fail\\w*)\\s*[:=]\\s*0\\b|no errors");

  private LogExcerpt() {}

  /** The last lines. */
  static List<String> last(String text, int lines) {
    List<String> all = lines(text);
    return all.subList(Math.max(0, all.size() - lines), all.size());
  }

  /** The lines around the first that tells of trouble; the last ones when none does. */
  static List<String> aroundTrouble(String text, int lines) {
    List<String> all = lines(text);
    for (int i = 0; i < all.size(); i++) {
      if (TROUBLE.matcher(all.get(i)).find() && !NO_TROUBLE.matcher(all.get(i)).find()) {
        int from = Math.max(0, Math.min(i - lines / 4, all.size() - lines));
        return all.subList(from, Math.min(all.size(), from + lines));
      }
    }
    return last(text, lines);
  }

  private static List<String> lines(String text) {
    List<String> out = new ArrayList<>();
    for (String line : CONTROL_SEQUENCE.matcher(text).replaceAll("").split("\n", -1)) {
      out.add(TextCut.marked(line, MAX_LINE_CHARS));
    }
    while (!out.isEmpty() && out.get(out.size() - 1).isBlank()) {
      out.remove(out.size() - 1);
    }
    return out;
  }
}
