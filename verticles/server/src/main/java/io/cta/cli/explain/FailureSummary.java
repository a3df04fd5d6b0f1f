package io.cta.cli.explain;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ServerUnreachable;
import io.cta.domain.Execution;
import java.util.ArrayList;
import java.util.List;

/** Formats why an execution that is over is not ok, the worst first, as lines for people. */
public final class FailureSummary {
  private static final int MAX_FAILURES = 10;

  /** Beyond so many failures each says less: who has hundreds wants to see them at a glance. */
  private static final int FEW = 4;

  private static final int LOG_LINES = 20;

  private final ApiClient api;
  private final Execution execution;

  public FailureSummary(ApiClient api, Execution execution) {
    this.api = api;
    this.execution = execution;
  }

  /** At most ten failures, and how many more there are; or why they cannot be read. */
  public List<String> lines() {
    FailureReader reader = new FailureReader(api, execution);
    List<String> lines = new ArrayList<>();
    try {
      List<FailureText> failures = reader.first(MAX_FAILURES, LOG_LINES);
      failures.forEach(failure -> add(failure, failures.size() <= FEW, lines));
      int more = reader.count() - failures.size();
      if (more > 0 && !failures.isEmpty()) {
        lines.add("  and " + more + " more: cta results " + execution.id());
      }
    } catch (CliFailure | ServerUnreachable e) {
      lines.add("  results not read: " + e.getMessage());
    }
    return lines;
  }

  private static void add(FailureText failure, boolean whole, List<String> lines) {
    lines.add("  " + failure.title());
    List<String> said = failure.lines();
    said.subList(0, whole ? said.size() : Math.min(3, said.size()))
        .forEach(line -> lines.add("      " + line));
    if (whole && !failure.log().isEmpty()) {
      lines.add("    its output ends with:");
      failure.log().forEach(line -> lines.add("      | " + line));
    }
    lines.add("    " + failure.command());
  }
}
