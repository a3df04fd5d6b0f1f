package io.cta.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A suite, a configuration and what surrounds a run of them.
 *
 * @param suite id or name of a test suite
 * @param configuration id or name of a configuration
 * @param retries further attempts for failed tests, 0 to 10, default 0
 * @param infraRetries further attempts after infrastructure failures, 0 to 10, default 2
 * @param priority −100 to 100, higher first, default 0
 * @param parameters variables that every test sees
 * @param group the team that owns it, for permissions and fair share
 */
public record Scenario(
    String id,
    String name,
    String description,
    String suite,
    String configuration,
    Timeouts timeouts,
    Integer retries,
    Integer infraRetries,
    Integer priority,
    Map<String, String> parameters,
    String group,
    CronRule schedule,
    List<AfterHandler> after,
    Instant createdAt,
    Instant updatedAt) {
  public Scenario {
    name = Check.name("name", name);
    suite = Check.required("suite", suite);
    configuration = Check.required("configuration", configuration);
    timeouts = Check.or(timeouts, new Timeouts(null, null));
    retries = Check.range("retries", Check.or(retries, 0), 0, 10);
    infraRetries = Check.range("infraRetries", Check.or(infraRetries, 2), 0, 10);
    priority = Check.range("priority", Check.or(priority, 0), -100, 100);
    parameters = Check.map(parameters);
    after = Check.list(after);
  }
}
