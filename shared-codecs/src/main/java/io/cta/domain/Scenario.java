package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A suite, a configuration and the settings for running them.
 *
 * @param suite id or name of a test suite
 * @param configuration id or name of a configuration
 * @param retries further attempts for failed tests, 0 to 10, default 0
 * @param infraRetries further attempts after infrastructure failures, 0 to 10, default 2
 * @param priority −100 to 100, higher first, default 0
 * @param parameters variables that every test sees
 * @param group the team that owns it, for permissions and fair share
 * @param report where its executions report, or null
 */
@RecordBuilder
public record Scenario(
    String id,
    String name,
    String description,
    String suite,
    String configuration,
    ExecutionTimeouts timeouts,
    Integer retries,
    Integer infraRetries,
    Integer priority,
    Map<String, String> parameters,
    String group,
    CronRule schedule,
    ScenarioReport report,
    List<AfterHandler> after,
    Instant createdAt,
    Instant updatedAt) {
  public Scenario {
    name = FieldChecks.name("name", name);
    suite = FieldChecks.required("suite", suite);
    configuration = FieldChecks.required("configuration", configuration);
    timeouts = FieldChecks.or(timeouts, ExecutionTimeouts.DEFAULT);
    retries = FieldChecks.range("retries", FieldChecks.or(retries, 0), 0, 10);
    infraRetries = FieldChecks.range("infraRetries", FieldChecks.or(infraRetries, 2), 0, 10);
    priority = FieldChecks.range("priority", FieldChecks.or(priority, 0), -100, 100);
    parameters = FieldChecks.map(parameters);
    after = FieldChecks.list(after);
  }
}
