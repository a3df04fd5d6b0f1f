package io.cta.server.forges;

import io.cta.domain.Execution;
import io.cta.domain.Status;
import io.cta.text.TextCut;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Writes what the note on a merge request says, in Markdown. What tests wrote stands in code spans:
 * there is no HTML in those, no link, no reference and nobody is called. Pure.
 */
public final class NoteText {
  private static final int MAX_FAILURES = 20;
  private static final int MAX_NAME = 200;
  private static final int MAX_MESSAGE = 500;
  private static final Pattern TICKS = Pattern.compile("`+");

  private NoteText() {}

  /** The hidden first line, one for each scenario. */
  public static String marker(String scenarioId) {
    return "<!-- cta:" + scenarioId + " -->";
  }

  /**
   * The text, of less than 60,000 characters.
   *
   * @param failures in the order in which they are to be told
   * @param cut true when there are more
   * @param link where people see the execution; null when it has no whole address
   */
  public static String of(Execution e, List<Status> failures, boolean cut, String link) {
    ReportStage stage = ReportStage.of(e);
    StringBuilder out = new StringBuilder(marker(e.scenarioId())).append("\n\n");
    out.append("**CTA** ").append(code(e.scenarioName(), MAX_NAME)).append(": ");
    out.append("**").append(stage.name().toLowerCase(java.util.Locale.ROOT)).append("**, ");
    out.append(code(StatusText.of(stage, e), MAX_MESSAGE)).append("\n\n");
    counts(out, e);
    if (!failures.isEmpty()) {
      out.append("What failed first:\n\n");
      failures.stream().limit(MAX_FAILURES).forEach(status -> failure(out, status));
      if (cut || failures.size() > MAX_FAILURES) {
        out.append("- and more\n");
      }
      out.append('\n');
    }
    if (e.source() != null && e.source().commit() != null) {
      out.append("Commit ").append(code(e.source().commit(), MAX_NAME)).append(". ");
    }
    return out.append(link == null ? "Execution " + code(e.id(), MAX_NAME) : "<" + link + ">")
        .append('\n')
        .toString();
  }

  private static void counts(StringBuilder out, Execution e) {
    out.append(e.counts().ok()).append(" passed, ");
    out.append(e.counts().failed()).append(" failed, ");
    out.append(e.counts().partial()).append(" partial, ");
    out.append(e.counts().inconclusive()).append(" inconclusive, ");
    out.append(e.counts().skipped()).append(" skipped\n\n");
  }

  private static void failure(StringBuilder out, Status status) {
    out.append("- ").append(code(status.testName(), MAX_NAME));
    if (status.name() != null) {
      out.append(' ').append(code(status.name(), MAX_NAME));
    }
    if (status.message() != null) {
      out.append(": ").append(code(status.message(), MAX_MESSAGE));
    }
    out.append('\n');
  }

  /** A code span of one line, whose fence is longer than any in the text. */
  static String code(String text, int max) {
    String line =
        text == null
            ? ""
            : TextCut.shortenedByCodePoints(
                text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip(), max);
    if (line.isEmpty()) {
      return "-";
    }
    int longest =
        TICKS
            .matcher(line)
            .results()
            .map(MatchResult::group)
            .mapToInt(String::length)
            .max()
            .orElse(0);
    String fence = "`".repeat(longest + 1);
    return fence + " " + line + " " + fence;
  }
}
