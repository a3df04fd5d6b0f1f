package io.cta.cli.explain;

import io.cta.domain.CaseDetails;
import io.cta.domain.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what is known of one failure.
 *
 * @param status of the failing case, or of a test as a whole
 * @param log the end of its output; empty when its report says enough
 */
public record FailureText(Status status, List<String> log) {
  /** Lines of a message beyond the first. */
  static final int MORE_LINES = 10;

  /** The case, its machine and its place in the source, in one line. */
  public String title() {
    String what = status.testName() + (status.name() == null ? "" : " " + caseName());
    String where = status.machineName() == null ? "" : " on " + status.machineName();
    CaseDetails details = status.details();
    String line = details == null || details.line() == null ? "" : ":" + details.line();
    String file =
        details == null || details.file() == null ? "" : " (" + details.file() + line + ")";
    return status.result().wire() + ": " + what + where + file;
  }

  /** What went wrong: the first telling line, and some more. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(TellingLines.of(status.message(), 1 + MORE_LINES));
    CaseDetails details = status.details();
    if (lines.size() < 2 && details != null) {
      for (String line : TellingLines.of(details.trace(), MORE_LINES)) {
        if (!lines.contains(line)) {
          lines.add(line);
        }
      }
    }
    if (lines.isEmpty() && status.reason() != null) {
      lines.add(status.reason());
    }
    return lines;
  }

  /** The command that prints the whole output. */
  public String command() {
    return "cta log " + status.taskId() + " --attempt " + status.attempt();
  }

  /** The case, with its suite unless its name contains it already. */
  private String caseName() {
    boolean said = status.suite() == null || status.name().contains(status.suite());
    return said ? status.name() : status.suite() + " > " + status.name();
  }
}
