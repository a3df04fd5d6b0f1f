package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * One result of one test on one machine.
 *
 * @param id {@code taskId.attempt.index}, so that a repeated report is recognised
 * @param testId the test's id in the execution's snapshot
 * @param name the case within the test, null for the test as a whole
 * @param index 1, 2, 3… in the order in which the agent recorded them, per task attempt; the
 *     server's own statuses begin at {@link #SERVER_INDEX}
 * @param result skipped cases carry {@code inconclusive} and {@code skipped}
 * @param durationMs measured by the framework or the agent's monotonic clock, or null
 * @param machineId null when no machine was ever involved
 * @param at stamped by the server
 * @param custom data that the test itself added
 * @param suite the path of suites in which the report lists the case, joined by {@code " > "}, or
 *     null; two cases of one name in two suites are two cases
 * @param flaky true when the test framework itself ran the case again and it passed in the end
 * @param details what else the report says, or null
 */
@RecordBuilder
public record Status(
    String id,
    String executionId,
    String taskId,
    int attempt,
    String testId,
    String testName,
    String name,
    int index,
    Result result,
    boolean skipped,
    StatusSource source,
    String reason,
    String message,
    String description,
    Long durationMs,
    String machineId,
    String machineName,
    Instant at,
    JsonObject custom,
    String suite,
    boolean flaky,
    CaseDetails details) {
  public static final int SERVER_INDEX = 1_000_000_000;

  /**
   * The case name under which the server records that a test may lack statuses because its attempt
   * broke off.
   */
  public static final String INTERRUPTED = "(interrupted)";

  public static String id(String taskId, int attempt, int index) {
    return taskId + "." + attempt + "." + index;
  }
}
