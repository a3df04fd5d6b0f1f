package io.cta.server.view.executions;

import io.cta.domain.ExecutionSource;

/** What an execution tests, and what made somebody ask for it. */
public record ExecutionSourceView(
    String repository,
    String branch,
    String commit,
    String author,
    String subject,
    String changeRequest,
    String buildNumber,
    String buildLink) {
  /** Returns null for null. */
  public static ExecutionSourceView of(ExecutionSource s) {
    return s == null
        ? null
        : new ExecutionSourceView(
            s.repository(),
            s.branch(),
            s.commit(),
            s.author(),
            s.subject(),
            s.changeRequest(),
            s.buildNumber(),
            s.buildLink());
  }
}
