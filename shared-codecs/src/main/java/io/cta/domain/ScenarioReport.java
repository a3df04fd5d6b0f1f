package io.cta.domain;

/**
 * Where the executions of a scenario report as statuses of the commit that they test.
 *
 * @param forge id or name of a {@link Forge}
 * @param project path or, at GitLab, number of the repository there; null for the path in the
 *     address of the repository that an execution tests
 */
public record ScenarioReport(String forge, String project) {}
