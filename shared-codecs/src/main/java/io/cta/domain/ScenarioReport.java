package io.cta.domain;

/**
 * Where the executions of a scenario report as statuses of the commit that they test.
 *
 * @param forge id or name of a {@link Forge}
 * @param project path or, at GitLab, number of the repository there; null for the path in the
 *     address of the repository that an execution tests
 * @param note true to keep one note on the merge request, too; null for false
 */
public record ScenarioReport(String forge, String project, Boolean note) {
  /** Without a note. */
  public ScenarioReport(String forge, String project) {
    this(forge, project, null);
  }

  /** True when a note is wanted. */
  public boolean notes() {
    return Boolean.TRUE.equals(note);
  }
}
