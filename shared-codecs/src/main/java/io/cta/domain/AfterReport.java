package io.cta.domain;

/**
 * Where the end of an execution is reported, as one status of the commit that it tests. Nothing is
 * reported before.
 *
 * @param forge id or name of a {@link Forge}
 * @param project path or, at GitLab, number of the repository there; null for the path in the
 *     address of the repository that an execution tests
 * @param name of the status, behind {@code cta/}, 1 to {@value #MAX_NAME} characters; null for the
 *     scenario's
 */
public record AfterReport(String forge, String project, String name) {
  public static final int MAX_NAME = 100;
}
