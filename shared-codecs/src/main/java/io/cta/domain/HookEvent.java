package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A call of a {@link Hook} that starts something, kept for some days so that a repetition is known.
 *
 * @param id follows from the hook and from what the caller says is the same
 * @param chainKey what calls have in common that cause each other, or null
 * @param due set until all is started; else null
 */
@RecordBuilder
public record HookEvent(
    String id,
    String hookId,
    String hookName,
    String chainKey,
    Instant at,
    Instant due,
    List<HookStart> starts) {
  /**
   * A scenario to start.
   *
   * @param executionId the id that its execution gets
   * @param ref commit for the suite's only git input, or null
   * @param report where to report if the scenario does not say it, or null
   * @param chain which execution caused it, or null
   * @param problem why it could not be started, or null
   */
  @RecordBuilder
  public record HookStart(
      String executionId,
      String scenario,
      Map<String, String> parameters,
      String ref,
      ExecutionSource source,
      ScenarioReport report,
      ExecutionChain chain,
      String problem) {
    public HookStart {
      parameters = FieldChecks.map(parameters);
      problem = FieldChecks.line(problem, AfterOutcome.MAX_TEXT);
    }
  }

  public HookEvent {
    starts = FieldChecks.list(starts);
  }
}
