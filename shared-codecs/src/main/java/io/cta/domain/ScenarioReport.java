package io.cta.domain;

/**
 * Where the executions of a scenario report as statuses of the commit that they test.
 *
 * @param forge id or name of a {@link Forge}
 * @param project path or, at GitLab, number of the repository there; null for the path in the
 *     address of the repository that an execution tests
 * @param note true to keep one note on the merge request, too; null for false
 * @param noteProject path or number of the project that the merge request goes to, where the note
 *     is kept; null for the project of the commit
 */
public record ScenarioReport(String forge, String project, Boolean note, String noteProject) {
  /** Without a note. */
  public ScenarioReport(String forge, String project) {
    this(forge, project, null, null);
  }

  /** With a note where the commit is. */
  public ScenarioReport(String forge, String project, Boolean note) {
    this(forge, project, note, null);
  }

  /** True when a note is wanted. */
  public boolean notes() {
    return Boolean.TRUE.equals(note);
  }
}
